import { Account } from './accounting.ts';
import type { CacheUnderTest } from './cache-under-test.ts';
import type { SeasonEvent } from './trace.ts';

/**
 * Plays a season to a cache in virtual time, one event after another, the copies of a burst at once; how it was answered. Rejects with
 * the signal's reason.
 */
export async function play(
  trace: Iterable<SeasonEvent>,
  cache: CacheUnderTest,
  signal?: AbortSignal,
): Promise<Account> {
  const account = new Account();
  for (const event of trace) {
    signal?.throwIfAborted();
    cache.advance(event.at);
    if (event.kind === 'reschedule') await cache.reschedule(event);
    else if (event.kind === 'invalidate') await cache.invalidate(event);
    else {
      const answers = await Promise.all(Array.from({ length: event.copies }, () => cache.ask(event)));
      for (const served of answers) account.add(event, served);
    }
  }
  return account;
}
