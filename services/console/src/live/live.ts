import { API, EVENTS, type Snapshot } from '@wedsync/region-operator/wire';
import { api, Refusal } from '../api.ts';
import { signedOut } from '../session.ts';
import { Store } from '../store.ts';

/** What is heard of the region, and whether the line holds. */
export interface Live {
  readonly connection: 'connecting' | 'live' | 'lost';
  /** ISO 8601; null while the line holds. */
  readonly lostSince: string | null;
  readonly snapshot: Snapshot | null;
  /** Goes up whenever events were lost: charts are then drawn from the beginning. */
  readonly gaps: number;
}

export const live = new Store<Live>({ connection: 'connecting', lostSince: null, snapshot: null, gaps: 0 });

/** Milliseconds until the next attempt where the browser gives up. */
const RETRY = 5_000;

/** Listens until told to end. The browser itself tries again and says what it heard last. @returns ends it. */
export function listen(): () => void {
  let source: EventSource | undefined;
  let retry: number | undefined;
  const change = (part: Partial<Live>) => live.set({ ...live.value, ...part });

  const open = () => {
    source = new EventSource(API.events);
    source.addEventListener(EVENTS.snapshot, ({ data }: MessageEvent<string>) => {
      change({ connection: 'live', lostSince: null, snapshot: JSON.parse(data) as Snapshot });
    });
    source.addEventListener(EVENTS.gap, () => change({ gaps: live.value.gaps + 1 }));
    source.addEventListener('error', () => {
      change({ connection: 'lost', lostSince: live.value.lostSince ?? new Date().toISOString() });
      if (source?.readyState === EventSource.CLOSED) retry = window.setTimeout(() => void again(), RETRY);
    });
  };
  /** A refusal looks to the browser like any other: whether it is the session is asked apart. */
  const again = async () => {
    const over = await api.session().then(
      () => false,
      (error: unknown) => error instanceof Refusal && error.signedOut,
    );
    if (over) signedOut();
    else open();
  };
  open();
  return () => {
    source?.close();
    clearTimeout(retry);
  };
}
