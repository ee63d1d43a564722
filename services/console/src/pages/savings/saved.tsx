import type { StatisticsFigures } from '@wedsync/region-operator/wire';
import { count, counted, month as nameOf, percent } from '../../format.ts';
import { Figure } from '../../parts/figure.tsx';
import { Panel } from '../../parts/panel.tsx';
import { callsNotMade, moneyOf, priceUnknown, waitingOf } from './figures.ts';

interface SavedProps {
  readonly vendorId: string;
  /** `YYYY-MM`; empty for all of them. */
  readonly month: string;
  /** Of at least one question. */
  readonly figures: StatisticsFigures;
}

/** What a vendor was saved in a month, or in all. */
export function Saved({ vendorId, month, figures }: SavedProps) {
  const { hits, misses, hitRate, savedTokens } = figures;
  const asked = hits + misses;
  const period = month === '' ? 'Since its first question' : `In ${nameOf(month)}`;
  return (
    <Panel title={`Saved for ${vendorId}`} about={`${period}, by what the origin took when it was asked.`} wide>
      {hits === 0 ? (
        <p>
          Nothing was saved: {asked === 1 ? 'its one question' : `each of its ${count(asked)} questions`} went to the
          origin.
        </p>
      ) : (
        <dl class="figures">
          <Figure
            name="Calls not made"
            value={count(callsNotMade(figures))}
            about={`for ${counted(asked, 'question', 'questions')}`}
          />
          <Figure
            name="Money"
            value={moneyOf(figures)}
            about={priceUnknown(figures) ? 'its models have no known price' : 'by the table of model prices'}
          />
          <Figure name="Tokens" value={count(savedTokens)} about="not read or written again" />
          <Figure name="Waiting" value={waitingOf(figures)} about="for the origin, in all" />
          <Figure
            name="Hit rate"
            value={percent(hitRate)}
            about={`${count(hits)} of ${counted(asked, 'answer', 'answers')}`}
          />
        </dl>
      )}
    </Panel>
  );
}
