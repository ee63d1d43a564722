import type { Receipt, Removal } from '@wedsync/region-operator/wire';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { counted } from '../../format.ts';
import { reasonOf } from '../../loading.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Notice } from '../../parts/notice.tsx';

interface RemoveDialogProps {
  readonly vendorId: string;
  /** The entry that is to go; without one, a pattern is asked for. */
  readonly entry?: { readonly key: string; readonly question: string } | undefined;
  readonly onClose: () => void;
  readonly onRemoved: (removal: Removal, receipt: Receipt) => void;
}

/** Asks once more before answers are removed, and says what goes with them. */
export function RemoveDialog({ vendorId, entry, onClose, onRemoved }: RemoveDialogProps) {
  const [pattern, setPattern] = useState('');
  const [sure, setSure] = useState(false);
  const [why, setWhy] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const removal: Removal =
      entry === undefined ? { by: 'question', vendorId, pattern } : { by: 'key', vendorId, key: entry.key };
    setBusy(true);
    api
      .remove(removal)
      .then(
        (receipt) => onRemoved(removal, receipt),
        (error: unknown) => setWhy(reasonOf(error)),
      )
      .finally(() => setBusy(false));
  };
  return (
    <Dialog title={entry === undefined ? 'Remove by pattern' : 'Remove this answer'} onClose={onClose}>
      <form onSubmit={submit}>
        {entry === undefined ? (
          <>
            <label for="pattern">Questions that match; * stands for any text</label>
            <input
              id="pattern"
              value={pattern}
              required
              onInput={({ currentTarget }) => setPattern(currentTarget.value)}
            />
          </>
        ) : (
          <blockquote>{entry.question}</blockquote>
        )}
        <p>
          It is forgotten on all engines, with the wordings that lead to it. The next who asks waits for the origin.
          This cannot be undone.
        </p>
        <label class="switch">
          <input type="checkbox" checked={sure} onChange={({ currentTarget }) => setSure(currentTarget.checked)} />
          Remove it for vendor {vendorId}
        </label>
        {why !== undefined && <Notice kind="trouble">{why}</Notice>}
        <div class="buttons">
          <button type="button" onClick={onClose}>
            Keep it
          </button>
          <button type="submit" class="danger" disabled={!sure || busy}>
            {busy ? 'Removing …' : 'Remove for good'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** What a removal came to, in words. */
export function describeReceipt({ removed, complete, silent }: Receipt): string {
  const { warm, cold, aliases } = removed;
  const gone = warm + cold;
  const wordings = aliases === 0 ? '' : ` and ${counted(aliases, 'other wording', 'other wordings')}`;
  const what = `${counted(gone, 'answer', 'answers')}${wordings} removed.`;
  if (complete) return `${what} Every engine confirmed it.`;
  const engines = counted(silent.length, 'engine has', 'engines have');
  return `${what} ${engines} not confirmed it yet; who was away is told again when back.`;
}
