/** Something that is well, wants a look, or is bad: told by a sign and a word, never by colour alone. */
export type StateKind = 'well' | 'look' | 'act' | 'unknown';

const SIGNS: Readonly<Record<StateKind, string>> = { well: '✓', look: '◐', act: '▲', unknown: '?' };

export function State({ kind, children }: { readonly kind: StateKind; readonly children: string }) {
  return (
    <span class={`state ${kind}`}>
      <span aria-hidden="true">{SIGNS[kind]}</span> {children}
    </span>
  );
}
