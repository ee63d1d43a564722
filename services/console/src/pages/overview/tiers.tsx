import type { RegionFigures } from '@wedsync/region-operator/wire';
import { bytes, count, latency, percent, perSecond } from '../../format.ts';
import { SOURCES } from '../../names.ts';
import { Panel } from '../../parts/panel.tsx';
import { Table } from '../../parts/table.tsx';

interface TiersProps {
  readonly figures: RegionFigures;
  /** The season's name. */
  readonly season: string;
}

/** Where answers come from, how many, and how fast. */
export function Tiers({ figures: { sources, engines }, season }: TiersProps) {
  return (
    <Panel
      title="Answers by tier"
      about={`The hot tiers hold ${count(engines.hotEntries)} answers in ${bytes(engines.hotBytes)}.`}
      wide
    >
      {sources.every(({ perSecond: rate, seasonShare }) => rate === 0 && seasonShare === null) ? (
        <p>Nothing was asked in the last minutes, nor in the {season} so far.</p>
      ) : (
        <Table
          caption="Answers by tier"
          columns={['From', 'A second', 'Share now', `Share, ${season}`, '50 % within', '95 % within', '99 % within']}
          rows={sources.map(({ source, perSecond: rate, share, seasonShare, latency: within }) => [
            SOURCES[source] ?? source,
            perSecond(rate),
            percent(share),
            percent(seasonShare),
            latency(within?.p50),
            latency(within?.p95),
            latency(within?.p99),
          ])}
        />
      )}
    </Panel>
  );
}
