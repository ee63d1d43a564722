import type { Entry } from '@wedsync/region-operator/wire';
import { useEffect, useRef, useState } from 'preact/hooks';
import { date, moment } from '../../format.ts';
import { KINDS } from '../../names.ts';

/** Pixels of a row; all are alike, so that where each lies is known without looking. */
const ROW = 40;
/** Rows that are drawn above and below what is seen. */
const MARGIN = 8;
/** Rows from the end at which more are asked for. */
const SOON = 60;

interface EntryGridProps {
  readonly entries: readonly Entry[];
  /** Whether there are more than those. */
  readonly more: boolean;
  readonly chosen: Entry | undefined;
  readonly onChoose: (entry: Entry) => void;
  /** Told when one comes near the end. */
  readonly onNearEnd: () => void;
}

/** However many entries, with a row in the document only for those that are seen. One key stop; arrows move within it. */
export function EntryGrid({ entries, more, chosen, onChoose, onNearEnd }: EntryGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ from: 0, rows: 0 });
  const [at, setAt] = useState(0);
  const active = Math.min(at, entries.length - 1);

  const look = () => {
    const { scrollTop = 0, clientHeight = 0 } = scroller.current ?? {};
    const next = { from: Math.floor(scrollTop / ROW), rows: Math.ceil(clientHeight / ROW) };
    setSeen((before) => (before.from === next.from && before.rows === next.rows ? before : next));
  };
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const resized = new ResizeObserver(look);
    resized.observe(element);
    return () => resized.disconnect();
  }, []);
  useEffect(() => {
    if (more && seen.from + seen.rows + SOON >= entries.length) onNearEnd();
  }, [seen, entries.length, more]);

  const moveTo = (row: number) => {
    const to = Math.max(0, Math.min(entries.length - 1, row));
    setAt(to);
    const element = scroller.current;
    if (element === null) return;
    // The head covers the first row of what is seen.
    const room = element.clientHeight - 2 * ROW;
    if (to * ROW < element.scrollTop) element.scrollTop = to * ROW;
    else if (to * ROW > element.scrollTop + room) element.scrollTop = to * ROW - room;
    look();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, seen.rows - 2);
    const moves: Readonly<Record<string, number>> = {
      ...{ ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page },
      ...{ Home: 0, End: entries.length - 1 },
    };
    const to = moves[event.key];
    const entry = entries[active];
    if (to !== undefined) moveTo(to);
    else if (event.key === 'Enter' && entry !== undefined) onChoose(entry);
    else return;
    event.preventDefault();
  };

  const first = Math.max(0, seen.from - MARGIN);
  const drawn = entries.slice(first, seen.from + seen.rows + MARGIN);
  const isDrawn = active >= first && active < first + drawn.length;
  return (
    <div
      class="entry-grid"
      ref={scroller}
      role="grid"
      aria-label="Entries"
      aria-rowcount={more ? -1 : entries.length + 1}
      aria-activedescendant={isDrawn ? `entry-${active}` : undefined}
      tabIndex={0}
      onScroll={look}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" class="entry-head">
        <div role="row" aria-rowindex={1} class="entry-row">
          <span role="columnheader">Question</span>
          <span role="columnheader">Kind</span>
          <span role="columnheader">Wedding</span>
          <span role="columnheader">Gone after</span>
        </div>
      </div>
      <div role="rowgroup" class="entry-rows" style={{ height: `${entries.length * ROW}px` }}>
        {drawn.map((entry, offset) => {
          const row = first + offset;
          return (
            <div
              key={row}
              id={`entry-${row}`}
              role="row"
              aria-rowindex={row + 2}
              aria-selected={entry === chosen}
              class={row === active ? 'entry-row active' : 'entry-row'}
              style={{ transform: `translateY(${row * ROW}px)` }}
              onClick={() => {
                setAt(row);
                onChoose(entry);
              }}
            >
              <span role="gridcell">{entry.question || '(its text cannot be read)'}</span>
              <span role="gridcell">{KINDS[entry.kind]}</span>
              <span role="gridcell">{entry.weddingDate === null ? 'none' : date(entry.weddingDate)}</span>
              <span role="gridcell">{moment(entry.expiresAt)}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
