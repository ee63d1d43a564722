import type { Candidate, Entry, Explanation, Held } from '@wedsync/region-operator/wire';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { moment, NOTHING } from '../../format.ts';
import { reasonOf } from '../../loading.ts';
import { CANDIDATES, describeSharing, OUTCOMES } from '../../names.ts';
import { fieldsOf } from '../../parts/forms.ts';
import { Notice } from '../../parts/notice.tsx';

interface ExplainProps {
  readonly entry: Entry;
  readonly vendorId: string;
}

/** Asks the engine what a question would be answered from now, and which stored ones come near. */
export function Explain({ entry, vendorId }: ExplainProps) {
  const [answer, setAnswer] = useState<Explanation | string>();
  const [busy, setBusy] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const text = fieldsOf(event);
    setBusy(true);
    api
      .explain({
        vendorId,
        vendorType: entry.vendorType,
        model: entry.model,
        weddingId: text('weddingId'),
        weddingDate: text('weddingDate'),
        question: text('question'),
      })
      .then(setAnswer, (error: unknown) => setAnswer(reasonOf(error)))
      .finally(() => setBusy(false));
  };
  return (
    <>
      <h3>Why is it a hit, or not?</h3>
      <p class="about">
        The engine keeps no wedding’s name, only what it was mixed into: say which wedding asks. Neither the model nor
        the judge is asked.
      </p>
      <form class="explain" onSubmit={submit}>
        <label for="explain-question">Question, in any wording</label>
        <textarea id="explain-question" name="question" rows={2} required defaultValue={entry.question} />
        <label for="explain-wedding">Wedding</label>
        <input id="explain-wedding" name="weddingId" required spellcheck={false} />
        <label for="explain-date">Wedding date</label>
        <input id="explain-date" name="weddingDate" type="date" required defaultValue={entry.weddingDate ?? ''} />
        <button type="submit" disabled={busy}>
          Explain
        </button>
      </form>
      <div role="status">
        {typeof answer === 'string' && <Notice>{answer}</Notice>}
        {answer !== undefined && typeof answer !== 'string' && <Explained explanation={answer} entry={entry} />}
      </div>
    </>
  );
}

function Explained({ explanation, entry }: { readonly explanation: Explanation; readonly entry: Entry }) {
  const elsewhere = explanation.frame !== null && explanation.frame !== entry.frame;
  const { outcome, bypass, canonicalText, hot, warm, floor, candidates, otherWordings, sharing } = explanation;
  return (
    <>
      <p>
        <strong>{OUTCOMES[outcome]}</strong> {bypass !== null && `That is ${bypass}.`}
      </p>
      {elsewhere && (
        <Notice>
          This entry would not be looked at: it belongs to another wedding or date, or was asked as a chat, whose
          messages nobody keeps. Whoever has them can ask POST /v1/explanations.
        </Notice>
      )}
      <dl class="facts">
        <dt>Kept as</dt>
        <dd>{canonicalText ?? NOTHING}</dd>
        <dt>In memory</dt>
        <dd>{describeHeld(hot)}</dd>
        <dt>In Redis</dt>
        <dd>{describeHeld(warm)}</dd>
        <dt>Other wordings</dt>
        <dd>{otherWordings ? 'may meet its answer' : 'may not meet its answer'}</dd>
        <dt>Shared</dt>
        <dd>{describeSharing(sharing.shareable, sharing.reason)}</dd>
      </dl>
      <h4>Near misses</h4>
      {candidates.length === 0 ? (
        <p>No stored question of this wedding comes near.</p>
      ) : (
        <>
          <p class="about">Least similarity that counts now: {floor?.toFixed(3) ?? NOTHING}</p>
          <ul class="candidates" aria-label="Near misses">
            {candidates.map((candidate) => (
              <li key={candidate.key}>
                <strong>{candidate.question}</strong>
                <span>
                  {candidate.similarity.toFixed(3)}, {CANDIDATES[candidate.outcome]}
                </span>
                {candidate.conflict !== null && <span>{describeConflict(candidate.conflict)}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function describeConflict({ slot, stored, asked }: NonNullable<Candidate['conflict']>): string {
  return `${slot}: stored ${stored}, asked ${asked}`;
}

function describeHeld(held: Held): string {
  switch (held.state) {
    case 'answer':
      return `${held.fresh ? 'an answer' : 'an answer past its time'}, fresh until ${moment(held.lifetime.freshUntil)}`;
    case 'alias':
      return 'a wording that leads to another question’s answer';
    case 'absent':
      return 'nothing';
    case 'away':
      return 'it does not answer';
    case 'unreadable':
      return 'something that cannot be opened';
    case 'in-cold-tier':
      return 'a note that the answer lies in the cold tier';
  }
}
