import type { RegionFigures, Snapshot } from '@wedsync/region-operator/wire';
import { clockTime, count, dayAndMonth, latency, percent, perSecond } from '../../format.ts';
import { SEASONS, VERDICTS } from '../../names.ts';
import { Figure } from '../../parts/figure.tsx';
import { State } from '../../parts/state.tsx';
import { live } from '../../live/live.ts';
import { useStore } from '../../store.ts';
import { WithFigures } from '../figures.tsx';
import { Frozen } from '../frozen.tsx';
import { Heading } from '../heading.tsx';
import { Alerts } from './alerts.tsx';
import { Charts } from './charts.tsx';
import { Origin } from './origin.tsx';
import { RedisNodes } from './redis-nodes.tsx';
import { RegionMap } from './region-map.tsx';
import { Tiers } from './tiers.tsx';

/** How the region does now. */
export function OverviewPage() {
  return (
    <>
      <Heading aside={<Verdict />}>Overview</Heading>
      <Frozen />
      <WithFigures show={(figures, snapshot) => <Overview figures={figures} snapshot={snapshot} />} />
    </>
  );
}

function Verdict() {
  const { snapshot } = useStore(live);
  if (snapshot === null) return null;
  const { state } = snapshot.verdict;
  return (
    <p class="verdict">
      <State kind={state}>{VERDICTS[state].word}</State>
      {snapshot.figures && <small>as of {clockTime(snapshot.figures.at)}</small>}
    </p>
  );
}

function Overview({ figures, snapshot }: { readonly figures: RegionFigures; readonly snapshot: Snapshot }) {
  const { season } = snapshot;
  const failed = figures.errors.filter(({ status }) => status === '5xx').reduce((sum, each) => sum + each.perSecond, 0);
  const refused = figures.errors
    .filter(({ status }) => status === '4xx')
    .reduce((sum, each) => sum + each.perSecond, 0);
  return (
    <>
      <dl class="figures">
        <Figure name="Hit rate" value={percent(figures.hitRate)} about="last 2 minutes" />
        <Figure
          name="Hit rate, season"
          value={percent(figures.seasonHitRate)}
          about={`${SEASONS[season.name]}, since ${dayAndMonth(season.countedFrom)}`}
        />
        <Figure name="Requests" value={perSecond(figures.requestsPerSecond)} about="a second" />
        <Figure name="95 % within" value={latency(figures.latency?.p95)} about="until answered, all tiers" />
        <Figure name="Errors" value={perSecond(failed)} about={`a second, and ${perSecond(refused)} refused`} />
        <Figure
          name="Engines"
          value={count(figures.engines.running)}
          about={
            figures.engines.withoutRedis === 0
              ? 'all reach Redis'
              : `${count(figures.engines.withoutRedis)} without Redis`
          }
        />
      </dl>
      <div class="panels">
        <Alerts alerts={figures.alerts} watched={figures.watched} />
        <RegionMap figures={figures} />
        <Charts />
        <Tiers figures={figures} season={SEASONS[season.name]} />
        <Origin figures={figures} />
        <RedisNodes nodes={figures.redis} />
      </div>
    </>
  );
}
