import { allows, type Entry } from '@wedsync/region-operator/wire';
import { useEffect, useRef } from 'preact/hooks';
import { date, moment } from '../../format.ts';
import { KINDS } from '../../names.ts';
import { session } from '../../session.ts';
import { useStore } from '../../store.ts';
import { Explain } from './explain.tsx';

interface EntryDetailsProps {
  readonly entry: Entry;
  readonly vendorId: string;
  /** The question whose answer an alias gives, where it is among those that are here. */
  readonly targetQuestion: string | undefined;
  readonly onRemove: () => void;
}

/** What is stored, since when, and for an other wording why it counts as the same. */
export function EntryDetails({ entry, vendorId, targetQuestion, onRemove }: EntryDetailsProps) {
  const who = useStore(session);
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever chose it by keyboard goes on from here; Tab leads to what can be done with it.
  useEffect(() => heading.current?.focus(), [entry]);
  const mayRemove = who != null && allows(who.role, 'operator');
  return (
    <section class="panel details" aria-labelledby="entry-title">
      <h2 id="entry-title" tabIndex={-1} ref={heading}>
        {entry.question || '(its text cannot be read)'}
      </h2>
      <dl class="facts">
        <dt>Kind</dt>
        <dd>{KINDS[entry.kind]}</dd>
        <dt>Made</dt>
        <dd>{moment(entry.bornAt)}</dd>
        <dt>Gone after</dt>
        <dd>{moment(entry.expiresAt)}</dd>
        <dt>Wedding</dt>
        <dd>{entry.weddingDate === null ? 'none' : date(entry.weddingDate)}</dd>
        <dt>Vendor</dt>
        <dd>
          {vendorId}, {entry.vendorType}
        </dd>
        <dt>Model</dt>
        <dd>{entry.model}</dd>
        <dt>Key</dt>
        <dd>
          <code>{entry.key}</code>
        </dd>
      </dl>
      {entry.alias && (
        <>
          <h3>Why it counts as the same</h3>
          <dl class="facts">
            <dt>Answered by</dt>
            <dd>{targetQuestion ?? <code>{entry.alias.target}</code>}</dd>
            <dt>Confirmed by</dt>
            <dd>
              {entry.alias.provenance.by === 'wording'
                ? 'the check of wording'
                : `the judge ${entry.alias.provenance.by}`}
              , {moment(entry.alias.provenance.at)}
            </dd>
            <dt>Similarity</dt>
            <dd>{entry.alias.provenance.similarity.toFixed(3)}</dd>
          </dl>
        </>
      )}
      {mayRemove ? (
        <button type="button" class="danger" onClick={onRemove}>
          Remove …
        </button>
      ) : (
        <p class="about">Removing takes the role operator or admin.</p>
      )}
      <Explain key={entry.key} entry={entry} vendorId={vendorId} />
    </section>
  );
}
