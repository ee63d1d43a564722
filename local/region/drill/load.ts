import { setTimeout as delay } from 'node:timers/promises';

/** Questions a second: enough for a rate, far from a load. */
const EVERY_MS = 100;
/** One question in so many was never asked before, so that the model is called all the time. */
const NEW_EVERY = 10;
const KNOWN = 20;

export interface DrillLoadOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly signal: AbortSignal;
}

/** Asks a region a few questions a second until the signal aborts. What fails is the region's to count. */
export async function steadyLoad({ baseUrl, apiKey, signal }: DrillLoadOptions): Promise<void> {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const under = new Set<Promise<void>>();
  for (let asked = 0; !signal.aborted; asked++) {
    const number = asked % NEW_EVERY === 0 ? `drill ${Date.now()}` : `drill question ${asked % KNOWN}`;
    const messages = [{ role: 'user', content: `What does a venue want to know first? (${number})` }];
    const body = JSON.stringify({ model: 'wedsync-planning', messages });
    const answer = fetch(`${baseUrl}/chat/completions`, { method: 'POST', headers, body, signal })
      .then((response) => response.arrayBuffer())
      .then(
        () => undefined,
        () => undefined,
      );
    under.add(answer);
    void answer.then(() => under.delete(answer));
    await delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  await Promise.all(under);
}
