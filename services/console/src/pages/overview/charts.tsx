import { latency, onScale, percent } from '../../format.ts';
import { useHistory } from '../../live/chart-lines.ts';
import { Chart } from '../../parts/chart.tsx';
import { Notice, Waiting } from '../../parts/notice.tsx';
import { Panel } from '../../parts/panel.tsx';

const WHOLE = [0, 1] as const;
const QUANTILES: Readonly<Record<string, string>> = { p50: '50 %', p95: '95 %', p99: '99 %' };

/** The last hour. */
export function Charts() {
  const history = useHistory();
  if (history === null) return <Waiting what="Drawing the last hour" />;
  if (typeof history === 'string') return <Notice kind="trouble">{history}</Notice>;
  const { instants, hitRate, requests } = history;
  const quantiles = history.latency.map((line) => ({ ...line, name: QUANTILES[line.name] ?? line.name }));
  return (
    <>
      <Panel title="Hit rate, last hour">
        <Chart title="Hit rate" instants={instants} lines={hitRate} format={wholePercent} range={WHOLE} />
      </Panel>
      <Panel title="Answered within, last hour">
        <Chart title="Time to answer" instants={instants} lines={quantiles} format={latency} />
      </Panel>
      <Panel title="Requests a second, last hour">
        <Chart title="Requests a second" instants={instants} lines={requests} format={onScale} />
      </Panel>
    </>
  );
}

function wholePercent(share: number | null | undefined): string {
  return percent(share, 0);
}
