import type { RegionFigures, Snapshot } from '@wedsync/region-operator/wire';
import { count, date, percent } from '../../format.ts';
import { SEASONS, SOURCES } from '../../names.ts';
import { Panel } from '../../parts/panel.tsx';
import { Table } from '../../parts/table.tsx';
import { WithFigures } from '../figures.tsx';

/** Which tiers spared all vendors the origin in the season so far. The engine's books say neither; its metrics do. */
export function RegionTiers() {
  return <WithFigures show={(figures, { season }) => <Tiers figures={figures} season={season} />} />;
}

interface TiersProps {
  readonly figures: RegionFigures;
  readonly season: Snapshot['season'];
}

function Tiers({ figures: { sources, seasonHitRate }, season }: TiersProps) {
  const since = `${SEASONS[season.name]}, since ${date(season.countedFrom)}`;
  return (
    <Panel title="All vendors, by tier" about={`Answers as Prometheus counted them: ${since}.`} wide>
      {seasonHitRate === null ? (
        <p>Nothing that the cache could have answered was asked in that time.</p>
      ) : (
        <>
          <p>{percent(seasonHitRate)} came from the cache.</p>
          <Table
            caption="Answers to all vendors in the season, by tier"
            columns={['From', 'Answers', 'Share']}
            rows={sources.map(({ source, seasonAnswers, seasonShare }) => [
              SOURCES[source] ?? source,
              count(seasonAnswers),
              percent(seasonShare),
            ])}
            narrow
          />
        </>
      )}
    </Panel>
  );
}
