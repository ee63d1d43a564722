import type { ComponentChildren } from 'preact';

interface NoticeProps {
  readonly children: ComponentChildren;
  /** `trouble` is said at once by a screen reader. */
  readonly kind?: 'trouble' | 'note';
  readonly onRetry?: (() => void) | undefined;
}

/** Says why something is not as it should be, or that there is nothing. */
export function Notice({ children, kind = 'note', onRetry }: NoticeProps) {
  return (
    <div class={`notice ${kind}`} role={kind === 'trouble' ? 'alert' : undefined}>
      <p>{children}</p>
      {onRetry !== undefined && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}

/** Something is on its way. */
export function Waiting({ what }: { readonly what: string }) {
  return (
    <p class="waiting" role="status">
      {what} …
    </p>
  );
}
