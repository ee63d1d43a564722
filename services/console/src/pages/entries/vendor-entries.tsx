import type { Entry, Receipt, Removal } from '@wedsync/region-operator/wire';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { count, counted } from '../../format.ts';
import { Notice } from '../../parts/notice.tsx';
import { useStore } from '../../store.ts';
import { EntryDetails } from './entry-details.tsx';
import { EntryGrid } from './entry-grid.tsx';
import { EntryList } from './entry-list.ts';
import { describeReceipt, RemoveDialog } from './remove-dialog.tsx';

interface VendorEntriesProps {
  readonly wanted: { readonly vendorId: string; readonly kind: string; readonly weddingId: string };
  /** Whether somebody wants to remove by pattern. */
  readonly removing: boolean;
  readonly onRemovingDone: () => void;
}

/** The entries of one vendor: found, chosen, explained, removed. */
export function VendorEntries({ wanted, removing, onRemovingDone }: VendorEntriesProps) {
  const list = useMemo(() => new EntryList(wanted), []);
  useEffect(() => () => list.end(), [list]);
  const { entries, state, why } = useStore(list.listed);
  const [find, setFind] = useState('');
  const [chosen, setChosen] = useState<Entry>();
  const [removingOne, setRemovingOne] = useState(false);
  const [said, setSaid] = useState('');

  const found = useMemo(() => matching(entries, find), [entries, entries.length, find]);
  const target = chosen?.alias?.target;
  const targetQuestion = useMemo(() => entries.find(({ key }) => key === target)?.question, [entries, target]);

  const close = () => {
    setRemovingOne(false);
    onRemovingDone();
  };
  const removed = (removal: Removal, receipt: Receipt) => {
    close();
    setSaid(describeReceipt(receipt));
    if (removal.by === 'key') list.drop(({ key, alias }) => key === removal.key || alias?.target === removal.key);
    else list.drop(({ question }) => patternOf(removal.pattern).test(question));
    setChosen(undefined);
  };
  return (
    <>
      <div class="entry-tools">
        <label>
          Find among these
          <input data-find type="search" value={find} onInput={({ currentTarget }) => setFind(currentTarget.value)} />
        </label>
        <p role="status">{said || progressOf(found.length, entries.length, state, find)}</p>
        {state !== 'all' && (
          <button type="button" onClick={() => list.loadAll(!list.everything)}>
            {list.everything ? 'Stop loading' : 'Load all'}
          </button>
        )}
      </div>
      {state === 'refused' && (
        <Notice kind="trouble" onRetry={() => void list.more()}>
          {why}
        </Notice>
      )}
      {state === 'all' && entries.length === 0 && (
        <Notice>
          {wanted.kind === '' && wanted.weddingId === ''
            ? `Nothing is stored for ${wanted.vendorId}.`
            : `Nothing that is stored for ${wanted.vendorId} fits.`}
        </Notice>
      )}
      <div class={chosen === undefined ? 'entries' : 'entries split'}>
        {entries.length > 0 && (
          <EntryGrid
            entries={found}
            more={state !== 'all'}
            chosen={chosen}
            onChoose={setChosen}
            onNearEnd={() => void (find === '' && state === 'more' && list.more())}
          />
        )}
        {chosen !== undefined && (
          <EntryDetails
            entry={chosen}
            vendorId={wanted.vendorId}
            targetQuestion={targetQuestion}
            onRemove={() => setRemovingOne(true)}
          />
        )}
      </div>
      {(removing || removingOne) && (
        <RemoveDialog
          vendorId={wanted.vendorId}
          entry={removingOne ? chosen : undefined}
          onClose={close}
          onRemoved={removed}
        />
      )}
    </>
  );
}

/** All of them, or those whose question has every word of `find`, in any order. */
function matching(entries: readonly Entry[], find: string): readonly Entry[] {
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  return entries.filter(({ question }) => {
    const text = question.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The engine's patterns, for what is shown: the whole question has to match, and case does not count. */
function patternOf(pattern: string): RegExp {
  const pieces = pattern.split('*').map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pieces.join('.*')}$`, 'is');
}

function progressOf(found: number, here: number, state: string, find: string): string {
  if (here === 0 && state !== 'loading') return '';
  const loading = state === 'loading' ? ', loading' : state === 'all' ? ', all there are' : ', there are more';
  const all = counted(here, 'entry', 'entries');
  return find === '' ? `${all}${loading}` : `${count(found)} of ${all}${loading}`;
}
