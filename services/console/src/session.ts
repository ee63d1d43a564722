import type { Session } from '@wedsync/region-operator/wire';
import { keepTimeOf } from './format.ts';
import { Store } from './store.ts';

/** Who is signed in: `undefined` while nobody knows yet, null for nobody. */
export const session = new Store<Session | null | undefined>(undefined);

session.follow((who) => who && keepTimeOf(who.zone));

/** The session is over. */
export function signedOut(): void {
  if (session.value !== null) session.set(null);
}
