import { useCallback, useEffect, useState } from 'preact/hooks';
import { Refusal } from './api.ts';
import { signedOut } from './session.ts';

/** Something that is asked for: not there yet, there, or refused. */
export type Loaded<Value> =
  | { readonly state: 'loading' }
  | { readonly state: 'there'; readonly value: Value }
  | { readonly state: 'refused'; readonly why: string };

/** Asks when a page opens, and again on `reload`. */
export function useLoaded<Value>(
  ask: () => Promise<Value>,
): readonly [Loaded<Value>, reload: () => void, set: (value: Value) => void] {
  const [loaded, setLoaded] = useState<Loaded<Value>>({ state: 'loading' });
  const load = useCallback(() => {
    setLoaded({ state: 'loading' });
    ask().then(
      (value) => setLoaded({ state: 'there', value }),
      (error: unknown) => setLoaded({ state: 'refused', why: reasonOf(error) }),
    );
  }, []);
  useEffect(load, []);
  return [loaded, load, (value) => setLoaded({ state: 'there', value })];
}

/** What to tell a person of a failure; a session that is over leads to signing in. */
export function reasonOf(error: unknown): string {
  if (error instanceof Refusal && error.signedOut) signedOut();
  return error instanceof Error ? error.message : String(error);
}
