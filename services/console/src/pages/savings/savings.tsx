import type { Statistics, StatisticsFigures } from '@wedsync/region-operator/wire';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { count, dollars, month, NOTHING, percent, waited } from '../../format.ts';
import { useLoaded } from '../../loading.ts';
import { Figure } from '../../parts/figure.tsx';
import { Notice, Waiting } from '../../parts/notice.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Table } from '../../parts/table.tsx';
import { Heading } from '../heading.tsx';
import { VendorSelect } from '../vendor-select.tsx';
import { WithVendors } from '../with-vendors.tsx';

/** What the cache has saved a vendor: money, tokens and waiting. */
export function SavingsPage() {
  return (
    <>
      <Heading>Savings</Heading>
      <WithVendors nothing="nothing was saved" show={(vendors) => <Choice vendors={vendors} />} />
    </>
  );
}

function Choice({ vendors }: { readonly vendors: readonly string[] }) {
  const [vendorId, setVendorId] = useState(vendors[0] ?? '');
  return (
    <>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <VendorSelect vendors={vendors} chosen={vendorId} onChoose={setVendorId} />
      </form>
      <VendorSavings key={vendorId} vendorId={vendorId} />
    </>
  );
}

function VendorSavings({ vendorId }: { readonly vendorId: string }) {
  const [statistics, reload] = useLoaded(() => api.statistics(vendorId));
  if (statistics.state === 'loading') return <Waiting what={`Asking what ${vendorId} was saved`} />;
  if (statistics.state === 'refused') {
    return (
      <Notice kind="trouble" onRetry={reload}>
        {statistics.why}
      </Notice>
    );
  }
  const { total } = statistics.value;
  if (total.hits + total.misses === 0) return <Notice>{vendorId} has not asked anything yet.</Notice>;
  return <Saved vendorId={vendorId} statistics={statistics.value} />;
}

function Saved({
  vendorId,
  statistics: { total, months },
}: {
  readonly vendorId: string;
  readonly statistics: Statistics;
}) {
  return (
    <div class="panels">
      <Panel title={`Saved for ${vendorId}`} about="Since its first question, by what the origin would have cost." wide>
        <dl class="figures">
          <Figure name="Money" value={moneyOf(total)} about={moneyAbout(total)} />
          <Figure name="Tokens" value={count(total.savedTokens)} about="not read or written again" />
          <Figure name="Waiting" value={waited(total.savedSeconds)} about="for the origin, in all" />
          <Figure name="From the cache" value={percent(total.hitRate)} about={answersOf(total)} />
        </dl>
      </Panel>
      <Panel
        title="Month by month"
        about="By the region’s calendar, some seconds behind. Hits by another wording and stale ones are among the hits."
        wide
      >
        <Table
          caption={`What ${vendorId} was saved, month by month`}
          columns={['Month', 'Hits', 'Other wording', 'Stale', 'Misses', 'Hit rate', 'Tokens', 'Money', 'Waiting']}
          rows={months
            .toReversed()
            .map((figures) => [
              month(figures.month),
              count(figures.hits),
              count(figures.semanticHits),
              count(figures.staleHits),
              count(figures.misses),
              percent(figures.hitRate),
              count(figures.savedTokens),
              moneyOf(figures),
              figures.savedSeconds === 0 ? NOTHING : waited(figures.savedSeconds),
            ])}
        />
      </Panel>
    </div>
  );
}

function answersOf({ hits, misses }: StatisticsFigures): string {
  return `${count(hits)} of ${count(hits + misses)} answers`;
}

/** Tokens that cost nothing are those of a model whose price nobody knows. */
function priceUnknown({ savedDollars, savedTokens }: StatisticsFigures): boolean {
  return savedDollars === 0 && savedTokens > 0;
}

function moneyOf(figures: StatisticsFigures): string {
  return priceUnknown(figures) ? NOTHING : dollars(figures.savedDollars);
}

function moneyAbout(figures: StatisticsFigures): string {
  return priceUnknown(figures) ? 'its models have no known price' : 'by the table of model prices';
}
