import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { MemoryMetrics } from '../../../services/region-operator/src/adapters/memory-metrics.ts';
import { PrometheusMetrics } from '../../../services/region-operator/src/adapters/prometheus-metrics.ts';
import { type Metrics, MetricsAway, QueryRefused } from '../../../services/region-operator/src/ports/metrics.ts';
import { prometheusClient, TestPrometheus } from '../../support/prometheus.ts';

const TWO_SERIES =
  'label_replace(vector(3), "source", "hot", "", "") or label_replace(vector(4), "source", "miss", "", "")';
const NOTHING = 'vector(1) > 2';
const NOT_A_NUMBER = 'vector(0) / 0';
const INFINITE = 'vector(1) / 0';
const NONSENSE = 'sum(';

interface Subject {
  readonly metrics: Metrics;
  /** One that nobody stands behind. */
  readonly away: Metrics;
  readonly close?: () => Promise<void>;
}

/** What every adapter of the port does. */
function conforms(name: string, subject: () => Promise<Subject>): void {
  describe(`Metrics: ${name}`, () => {
    let metrics: Metrics;
    let away: Metrics;
    let close: Subject['close'];
    before(async () => ({ metrics, away, close } = await subject()));
    after(() => close?.());

    it('gives every series with its labels', async () => {
      const samples = await metrics.instant(TWO_SERIES);
      const found = samples.map(({ labels, value }) => [labels['source'], value]);
      assert.deepEqual(found.sort(), [
        ['hot', 3],
        ['miss', 4],
      ]);
    });

    it('gives nothing where there is nothing', async () => {
      assert.deepEqual(await metrics.instant(NOTHING), []);
      assert.deepEqual(await metrics.range(NOTHING, { from: 0, until: 60, step: 15 }), []);
    });

    it('knows numbers that are none, and infinite ones', async () => {
      assert.ok(Number.isNaN((await metrics.instant(NOT_A_NUMBER))[0]?.value));
      assert.equal((await metrics.instant(INFINITE))[0]?.value, Infinity);
    });

    it('gives a value for every step of a range, both ends included', async () => {
      const [line] = await metrics.range('vector(1)', { from: 1_780_000_000, until: 1_780_000_060, step: 15 });
      assert.deepEqual(
        line?.points,
        [0, 15, 30, 45, 60].map((after) => [1_780_000_000 + after, 1]),
      );
    });

    it('says what is wrong with a query', async () => {
      await assert.rejects(metrics.instant(NONSENSE), QueryRefused);
      await assert.rejects(metrics.range(NONSENSE, { from: 0, until: 60, step: 15 }), QueryRefused);
    });

    it('tells of alerts that fire, and of none that wait', async () => {
      const [alert, ...more] = await metrics.firing();
      assert.deepEqual(more, []);
      assert.equal(alert?.labels['alertname'], 'Watchdog');
      assert.equal(alert.annotations['summary'], 'Rules are worked out');
      assert.ok(!Number.isNaN(Date.parse(alert.activeAt)));
    });

    it('says that nobody answers', async () => {
      await assert.rejects(away.instant('vector(1)'), MetricsAway);
      await assert.rejects(away.firing(), MetricsAway);
    });
  });
}

conforms('in memory', async () => {
  const metrics = new MemoryMetrics();
  metrics.put(TWO_SERIES, [
    { labels: { source: 'hot' }, value: 3 },
    { labels: { source: 'miss' }, value: 4 },
  ]);
  metrics.put(NOT_A_NUMBER, [{ labels: {}, value: NaN }]);
  metrics.put(INFINITE, [{ labels: {}, value: Infinity }]);
  metrics.put('vector(1)', [{ labels: {}, value: 1 }]);
  metrics.refuse(NONSENSE, 'unexpected end of input');
  const annotations = { summary: 'Rules are worked out' };
  metrics.alerts = [{ labels: { alertname: 'Watchdog' }, annotations, activeAt: '2026-08-12T10:00:00Z' }];
  const away = new MemoryMetrics();
  away.up = false;
  return { metrics, away };
});

const RULES = `
groups:
  - name: test
    rules:
      - { alert: Watchdog, expr: vector(1), annotations: { summary: Rules are worked out } }
      - { alert: Waits, expr: vector(1), for: 1h }
`;

conforms('Prometheus', async () => {
  const prometheus = await TestPrometheus.start(RULES);
  const metrics = new PrometheusMetrics(prometheusClient(prometheus.url));
  while ((await metrics.firing()).length === 0) await delay(100);
  return {
    metrics,
    away: new PrometheusMetrics(prometheusClient('http://127.0.0.1:9')),
    close: () => prometheus.stop(),
  };
});
