import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Panel as GrafanaPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import * as units from '@grafana/grafana-foundation-sdk/units';
import { dateIn } from '@wedsync/domain';
import { dashboardFiles, dashboards } from '../../../components/monitoring/dashboards/all.ts';
import { PAGES } from '../../../components/monitoring/dashboards/figures.ts';
import { grafanaDashboard } from '../../../components/monitoring/dashboards/grafana.ts';
import { RATE_RANGE } from '../../../components/monitoring/dashboards/panel.ts';
import { ruleGroups } from '../../../components/monitoring/plan.ts';
import { ruleSpec } from '../../../components/monitoring/rules.ts';
import { TestPrometheus } from '../../support/prometheus.ts';
import { metricsIn } from './promql.ts';
import { recordedNames, regionHistory } from './recorded-region.ts';
import { FIGURES, GROUPS } from './region.ts';

const RUNBOOK = 'https://example.com/runbook.md';
const ALL = dashboards(FIGURES);
const QUERIES = ALL.flatMap(({ name, rows }) =>
  rows.flatMap(({ panels }) =>
    panels.flatMap(({ title, shape, queries }) =>
      queries.map(({ expr, legend }) => ({ where: `${name}: ${title}: ${legend}`, shape, expr })),
    ),
  ),
);
const ALERTS = GROUPS.flatMap(({ alerts = [] }) => alerts);
const HOUR_SECONDS = 3600;
type Sample = readonly [seconds: number, value: string];

describe('the dashboards of a region', () => {
  it('are those that it has parts for', () => {
    assert.deepEqual(
      ALL.map(({ name }) => name),
      ['region', 'wedding-day', 'cache', 'redis', 'slo', 'season'],
    );
  });

  for (const dashboard of ALL) {
    describe(dashboard.name, () => {
      const grafana = grafanaDashboard(dashboard, RUNBOOK);
      const all = grafana.panels ?? [];
      const panels = all.filter((panel): panel is GrafanaPanel => panel.type !== 'row');

      it('has panels that each have an id and a place of their own', () => {
        assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
        const cells = all.flatMap(({ gridPos }) => {
          assert.ok(gridPos !== undefined && gridPos.w > 0 && gridPos.x + gridPos.w <= 24);
          const { x, y, w, h } = gridPos;
          return Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`);
        });
        assert.equal(new Set(cells).size, cells.length, 'two panels overlap');
      });

      it('begins with whether the promise is kept, and has no empty row', () => {
        assert.equal(all[0]?.type, 'row');
        assert.ok(dashboard.rows[0]?.title.endsWith('?'));
        for (const row of dashboard.rows) assert.ok(row.panels.length > 0, row.title);
      });

      it('says for every panel which question it answers, in a unit that Grafana knows', () => {
        const known = new Set<unknown>(Object.values(units));
        for (const { title, description, fieldConfig } of panels) {
          assert.match(description ?? '', /[?.](\n|$)/, title);
          assert.ok(known.has(fieldConfig?.defaults.unit), title);
        }
      });

      it('asks the chosen Prometheus and nothing else, and has no other variable', () => {
        for (const panel of panels) {
          assert.deepEqual(panel.datasource, { type: 'prometheus', uid: '${prometheus}' }, panel.title);
          assert.ok((panel.targets ?? []).length > 0, panel.title);
          for (const target of panel.targets ?? []) {
            const { datasource, expr, refId } = target as { datasource?: unknown; expr?: string; refId?: string };
            assert.deepEqual(datasource, panel.datasource, panel.title);
            assert.ok(expr?.trim() && refId, panel.title);
          }
        }
        assert.deepEqual(
          grafana.templating?.list?.map(({ name, type }) => [name, type]),
          [['prometheus', 'datasource']],
        );
      });

      it('names thresholds from the lowest to the highest, the first without an end', () => {
        for (const { title, thresholds = [] } of dashboard.rows.flatMap((row) => row.panels)) {
          const limits = thresholds.map(({ from }) => from ?? -Infinity);
          assert.deepEqual(
            limits,
            [...limits].sort((one, other) => one - other),
            title,
          );
          if (limits.length > 0) assert.equal(limits[0], -Infinity, title);
        }
      });

      it('shows wedding days', () => {
        const days = grafana.annotations?.list?.find(({ name }) => name === 'Wedding days');
        assert.equal(days?.expr, 'wedsync:wedding_day == 1');
      });

      it('leads from a panel to the section of the runbook about it', () => {
        const alerts = new Set(ALERTS.map(({ name }) => name));
        const named = dashboard.rows.flatMap((row) => row.panels).filter(({ alert }) => alert !== undefined);
        // Those of the objectives are about all of them at once.
        assert.equal(named.length > 0, dashboard.name !== 'slo');
        for (const { alert, title } of named) {
          assert.ok(alerts.has(alert ?? ''), `${title}: ${alert}`);
          const panel = panels.find((one) => one.title === title);
          assert.ok(panel?.description?.includes(`](${RUNBOOK}#`), title);
        }
      });
    });
  }

  it('name the section where no address of the runbook is known', () => {
    const [file] = dashboardFiles(FIGURES, 'docs/runbook.md');
    assert.match(file?.text ?? '', /What to do: docs\/runbook\.md#engineabsent/);
  });

  it('fit into a ConfigMap each', () => {
    for (const { name, text } of dashboardFiles(FIGURES, RUNBOOK)) {
      assert.equal((JSON.parse(text) as { uid?: string }).uid, `wedsync-${name}`);
      assert.ok(Buffer.byteLength(text) < 256 * 1024, `${name}: ${Buffer.byteLength(text)}`);
    }
  });
});

describe('what dashboards and alerts ask', () => {
  it('is there: every metric is one that a region has', () => {
    const written = GROUPS.flatMap(({ recording = [] }) => recording.map(({ record }) => record));
    const known = new Set([...recordedNames(), ...written, 'ALERTS', 'ALERTS_FOR_STATE']);
    const asked = [...QUERIES, ...ALERTS.map(({ name, expr }) => ({ where: name, expr }))];
    const unknown = asked.flatMap(({ where, expr }) =>
      [...metricsIn(expr)].filter((metric) => !known.has(metric)).map((metric) => `${where}: ${metric}`),
    );
    assert.deepEqual(unknown, []);
  });

  it('is found by name, whatever stands around it', () => {
    const found = metricsIn(
      'sum by (a, b) (rate(one_total{c="two{x}"}[5m] offset 1w)) / on(d) group_left() three:rate5m > bool 1e3 or vector(0)',
    );
    assert.deepEqual([...found].sort(), ['one_total', 'three:rate5m']);
  });
});

describe('a Prometheus of a region, asked by its dashboards', function () {
  this.timeout(60_000);
  let prometheus: TestPrometheus;

  before(async () => {
    const now = Date.now();
    // Today is a busy day, so that the promise of wedding days is measured.
    const groups = ruleGroups({ ...FIGURES, busyDays: new Set([dateIn(FIGURES.zone, now)]), instant: now });
    const soon = groups.map((group) => ({ ...group, intervalSeconds: 1 }));
    prometheus = await TestPrometheus.start(JSON.stringify(ruleSpec(soon, RUNBOOK)), regionHistory(now / 1000));
    // The rules stand on each other: the last series to be there has all others below it.
    while ((await ask('wedsync:slo_budget_left{slo="latency-wedding-day"}')) === 0) await delay(100);
  });
  after(() => prometheus.stop());

  /** How many of the series that an expression gives have a number. */
  async function ask(expr: string, over?: 'an hour'): Promise<number> {
    const now = Date.now() / 1000;
    const query = expr.replaceAll(RATE_RANGE, '2m');
    const range = over && { start: String(now - HOUR_SECONDS), end: String(now), step: '15' };
    const path = over ? 'query_range' : 'query';
    const answer = await fetch(`${prometheus.url}/api/v1/${path}`, {
      method: 'POST',
      body: new URLSearchParams({ query, ...range }),
    });
    const { status, error, data } = (await answer.json()) as {
      status: string;
      error?: string;
      data?: { result: { value?: Sample; values?: Sample[] }[] };
    };
    assert.equal(status, 'success', `${query}: ${error}`);
    const lines = (data?.result ?? []).map(({ value, values = [] }) => (value === undefined ? values : [value]));
    return lines.filter((samples) => samples.some(([, text]) => Number.isFinite(Number(text)))).length;
  }

  it('answers every query of every panel with something', async () => {
    const counts = await Promise.all(
      QUERIES.map(async ({ where, shape, expr }) => {
        const count = await ask(expr, shape === 'figure' ? undefined : 'an hour');
        return { where, count };
      }),
    );
    assert.ok(counts.length > 100);
    const nothing = counts.filter(({ count }) => count === 0).map(({ where }) => where);
    // No answer came from these, so there is no time that it took.
    const unused = ['Half of the answers, by source', '95 of 100 answers, by source'].flatMap((title) =>
      ['cold', 'semantic'].map((source) => `cache: ${title}: ${source}`),
    );
    assert.deepEqual(nothing, unused);
  });

  it('answers what is marked in every panel', async () => {
    assert.equal(await ask('wedsync:wedding_day == 1'), 1);
    await ask(PAGES);
  });
});
