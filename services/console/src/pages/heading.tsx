import type { ComponentChildren } from 'preact';

/** A page's heading; it takes the focus when one arrives. */
export function Heading({ children, aside }: { readonly children: string; readonly aside?: ComponentChildren }) {
  return (
    <div class="heading">
      <h1 tabIndex={-1}>{children}</h1>
      {aside}
    </div>
  );
}
