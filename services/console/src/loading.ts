import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Refusal } from './api.ts';
import { signedOut } from './session.ts';

/** Something that is asked for: not there yet, there, or refused. */
export type Loaded<Value> =
  | { readonly state: 'loading' }
  | { readonly state: 'there'; readonly value: Value }
  | { readonly state: 'refused'; readonly why: string };

const LOADING = { state: 'loading' } as const;

/**
 * Asks when a page opens, and again on `reload`.
 * @param of what is asked about: when it changes it is asked anew, and what was heard of another is not shown
 */
export function useLoaded<Value>(
  ask: () => Promise<Value>,
  of = '',
): readonly [Loaded<Value>, reload: () => void, set: (value: Value) => void] {
  const [heard, setHeard] = useState<{ readonly of: string; readonly loaded: Loaded<Value> }>({ of, loaded: LOADING });
  const latest = useRef(0);
  const load = useCallback(() => {
    const turn = ++latest.current;
    const hear = (loaded: Loaded<Value>) => turn === latest.current && setHeard({ of, loaded });
    hear(LOADING);
    ask().then(
      (value) => hear({ state: 'there', value }),
      (error: unknown) => hear({ state: 'refused', why: reasonOf(error) }),
    );
  }, [of]);
  useEffect(load, [load]);
  const set = (value: Value) => setHeard({ of, loaded: { state: 'there', value } });
  return [heard.of === of ? heard.loaded : LOADING, load, set];
}

/** What to tell a person of a failure; a session that is over leads to signing in. */
export function reasonOf(error: unknown): string {
  if (error instanceof Refusal && error.signedOut) signedOut();
  return error instanceof Error ? error.message : String(error);
}
