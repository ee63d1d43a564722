import type { Statistics } from '@wedsync/region-operator/wire';
import { count, month as nameOf, percent } from '../../format.ts';
import { Panel } from '../../parts/panel.tsx';
import { Table } from '../../parts/table.tsx';
import { moneyOf, waitingOf } from './figures.ts';

interface MonthsProps {
  readonly vendorId: string;
  /** Oldest first. */
  readonly months: Statistics['months'];
}

/** What a vendor was saved in each month, the latest first. */
export function Months({ vendorId, months }: MonthsProps) {
  return (
    <Panel
      title="Month by month"
      about="By the region’s calendar, some seconds behind. Other wordings and stale answers are among the hits; a stale one saves no call."
      wide
    >
      <Table
        caption={`What ${vendorId} was saved, month by month`}
        columns={['Month', 'Hits', 'Other wording', 'Stale', 'Misses', 'Hit rate', 'Tokens', 'Money', 'Waiting']}
        rows={months
          .toReversed()
          .map((figures) => [
            nameOf(figures.month),
            count(figures.hits),
            count(figures.semanticHits),
            count(figures.staleHits),
            count(figures.misses),
            percent(figures.hitRate),
            count(figures.savedTokens),
            moneyOf(figures),
            waitingOf(figures),
          ])}
      />
    </Panel>
  );
}
