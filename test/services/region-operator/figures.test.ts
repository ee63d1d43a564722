import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { OBJECTIVES } from '@wedsync/domain';
import { MemoryMetrics } from '../../../services/region-operator/src/adapters/memory-metrics.ts';
import { PrometheusMetrics } from '../../../services/region-operator/src/adapters/prometheus-metrics.ts';
import { calendarAt } from '../../../services/region-operator/src/live/calendar.ts';
import { Charts } from '../../../services/region-operator/src/live/charts.ts';
import { readFigures, readSeason } from '../../../services/region-operator/src/live/figures.ts';
import { verdictOn } from '../../../services/region-operator/src/live/verdict.ts';
import type { FiringAlert, RegionFigures } from '../../../services/region-operator/src/wire.ts';
import { TestClock } from '../cache-engine/support/doubles.ts';
import { prometheusClient, TestPrometheus } from '../../support/prometheus.ts';

const AT = '2026-08-12T10:00:00.000Z';

describe('Figures of a region nobody scrapes', () => {
  it('are none, rather than zeros', async () => {
    const figures = await readFigures(new MemoryMetrics(), new Map(), AT);
    const { hitRate, seasonHitRate, requestsPerSecond, latency, weddingDay } = figures;
    assert.deepEqual([hitRate, seasonHitRate, requestsPerSecond, latency, weddingDay], [null, null, null, null, null]);
    assert.deepEqual([figures.sources, figures.redis, figures.objectives, figures.alerts], [[], [], [], []]);
    assert.deepEqual([figures.watched, figures.engines.running], [false, 0]);
  });
});

/** A region as its series would be: nine of ten answers are hits. Counters go up with the time. */
const RULES = `
groups:
  - name: region
    rules:
      - { record: wedsync_cache_answers_total, expr: 'vector(time() * 8)', labels: { source: hot, route: chat } }
      - { record: wedsync_cache_answers_total, expr: 'vector(time() * 1)', labels: { source: warm, route: chat } }
      - { record: wedsync_cache_answers_total, expr: 'vector(time() * 1)', labels: { source: miss, route: chat } }
      - { record: wedsync_cache_answers_total, expr: 'vector(time() * 5)', labels: { source: bypass, route: chat } }
      - { record: wedsync_cache_answer_duration_seconds_bucket, expr: 'vector(time() * 8)', labels: { source: hot, le: '0.0005' } }
      - { record: wedsync_cache_answer_duration_seconds_bucket, expr: 'vector(time() * 8)', labels: { source: hot, le: '+Inf' } }
      - { record: wedsync_cache_errors_total, expr: 'vector(time())', labels: { status: 5xx, route: chat } }
      - { record: wedsync_cache_origin_calls_total, expr: 'vector(time())', labels: { outcome: ok } }
      - { record: wedsync_cache_origin_breaker, expr: 'vector(1)', labels: { route: assistant, state: closed, pod: a } }
      - { record: wedsync_cache_origin_breaker, expr: 'vector(1)', labels: { route: assistant, state: open, pod: b } }
      - { record: wedsync_cache_warm_up, expr: 'vector(1)', labels: { pod: a } }
      - { record: wedsync_cache_warm_up, expr: 'vector(0)', labels: { pod: b } }
      - { record: wedsync_cache_hot_entries, expr: 'vector(7)', labels: { pod: a } }
      - { record: wedsync_cache_hot_bytes, expr: 'vector(700)', labels: { pod: a } }
      - { record: redis_up, expr: 'vector(1)', labels: { pod: redis-cache-10-0 } }
      - { record: redis_up, expr: 'vector(0)', labels: { pod: redis-cache-2-0 } }
      - { record: redis_instance_info, expr: 'vector(1)', labels: { pod: redis-cache-10-0, role: master } }
      - { record: redis_memory_used_bytes, expr: 'vector(1000)', labels: { pod: redis-cache-10-0 } }
      - { record: wedsync:slo_objective, expr: 'vector(0.9995)', labels: { slo: availability } }
      - { record: wedsync:slo_objective, expr: 'vector(0.95)', labels: { slo: hit-rate } }
      - { record: wedsync:slo_error_ratio:rate30d, expr: 'vector(0.0001)', labels: { slo: availability } }
      - { record: wedsync:slo_budget_left, expr: 'vector(0.8)', labels: { slo: availability } }
      - { record: wedsync:slo_promised, expr: 'vector(1)', labels: { slo: availability } }
      - { record: wedsync:wedding_day, expr: 'vector(1)' }
      - { alert: RegionWatchdog, expr: vector(1), labels: { severity: none } }
      - { alert: RedisNodeDown, expr: vector(1), labels: { severity: page }, annotations: { summary: A Redis node is down } }
      - { alert: RedisNodeDown, expr: vector(1), labels: { severity: page, step: '2' }, annotations: { summary: It rings and rings } }
      - { alert: Chatty, expr: vector(1), labels: { severity: info } }
`;

describe('Figures from Prometheus', function () {
  let prometheus: TestPrometheus;
  let metrics: PrometheusMetrics;
  let figures: RegionFigures;

  before(async () => {
    prometheus = await TestPrometheus.start(RULES);
    metrics = new PrometheusMetrics(prometheusClient(prometheus.url));
    do {
      await delay(200);
      figures = await readFigures(metrics, await readSeason(metrics, 3600), AT);
    } while (figures.requestsPerSecond === null || figures.seasonHitRate === null || figures.alerts.length === 0);
  });
  after(() => prometheus?.stop());

  const near = (value: number | null | undefined, expected: number) =>
    assert.ok(value != null && Math.abs(value - expected) < 1e-6, `${value} is not ${expected}`);

  it('count a hit among the answers that the cache may give', () => {
    near(figures.hitRate, 0.9);
    near(figures.seasonHitRate, 0.9);
    assert.deepEqual(
      figures.sources.map(({ source }) => source),
      ['hot', 'warm', 'miss', 'bypass'],
    );
    near(figures.sources[0]?.share, 0.8);
    assert.equal(figures.sources[3]?.share, null);
    const [hot, warm, miss, bypass] = figures.sources.map(({ seasonAnswers }) => seasonAnswers);
    assert.ok(hot !== undefined && hot > 0 && bypass !== undefined);
    near((hot + (warm ?? 0)) / (hot + (warm ?? 0) + (miss ?? 0)), 0.9);
  });

  it('have latencies where there were answers', () => {
    near(figures.sources[0]?.latency?.p50, 0.00025);
    assert.equal(figures.sources[1]?.latency, null);
  });

  it('show a breaker in the worst state that any engine has, and engines that do not reach Redis', () => {
    assert.deepEqual(figures.breakers, [{ route: 'assistant', state: 'open' }]);
    assert.deepEqual(figures.engines, { running: 2, withoutRedis: 1, hotEntries: 7, hotBytes: 700 });
  });

  it('show Redis’ nodes in the order of their numbers', () => {
    assert.deepEqual(
      figures.redis.map(({ name, up, role, memoryBytes }) => [name, up, role, memoryBytes]),
      [
        ['redis-cache-2-0', false, null, null],
        ['redis-cache-10-0', true, 'master', 1000],
      ],
    );
  });

  it('show objectives that rules state, with nothing for what nobody measured', () => {
    const [availability, hitRate] = figures.objectives;
    near(availability?.budgetLeft, 0.8);
    assert.equal(availability?.promise, OBJECTIVES.availability.promise);
    assert.deepEqual([hitRate?.name, hitRate?.budgetLeft, hitRate?.promised], ['hit-rate', null, null]);
  });

  it('show alerts that somebody has to do something about, and know whether rules are worked out', () => {
    assert.deepEqual(
      figures.alerts.map(({ name, urgency, summary }) => [name, urgency, summary]),
      [['RedisNodeDown', 'act', 'A Redis node is down']],
    );
    assert.deepEqual([figures.watched, figures.weddingDay], [true, true]);
  });

  it('draw the last minutes, with nothing where nothing was', async () => {
    const history = await new Charts(metrics, { now: () => Date.now() }).history(60);
    assert.equal(history.instants.length, 241);
    for (const lines of [history.requests, history.hitRate, history.latency])
      for (const { values } of lines) assert.equal(values.length, 241);
    assert.equal(history.requests[0]?.values[0], null);
  });
});

describe('The verdict on a region', () => {
  const alert = (urgency: FiringAlert['urgency'], summary: string) => ({ urgency, summary }) as FiringAlert;
  const figures = (changes: Partial<RegionFigures>) =>
    ({ alerts: [], watched: true, engines: { running: 2 }, ...changes }) as RegionFigures;

  for (const [what, given, state] of [
    ['nothing fires and somebody would notice', {}, 'well'],
    ['nothing fires but nobody works out the rules', { watched: false }, 'look'],
    ['something fires that can wait', { alerts: [alert('look', 'Disk fills')] }, 'look'],
    ['something fires that cannot', { alerts: [alert('look', 'Disk fills'), alert('act', 'Down')] }, 'act'],
    ['no engine is seen', { engines: { running: 0, withoutRedis: 0, hotEntries: 0, hotBytes: 0 } }, 'act'],
  ] as const) {
    it(`is "${state}" when ${what}`, () => {
      assert.equal(verdictOn(figures(given), null).state, state);
    });
  }

  it('is "unknown" when Prometheus is away, whatever it said before', () => {
    const verdict = verdictOn(figures({}), { since: AT, reason: 'Prometheus does not answer (ECONNREFUSED).' });
    assert.deepEqual(verdict, { state: 'unknown', reasons: ['Prometheus does not answer (ECONNREFUSED).'] });
    assert.equal(verdictOn(null, null).state, 'unknown');
  });
});

describe('The calendar of the operator', () => {
  const plan = { busyDays: new Map([['2026-08-14', 2.4]]) };
  const at = (instant: string) => calendarAt(Date.parse(instant), 'Europe/London', plan);

  it('names the next freeze with all its days, by the region’s clock', () => {
    const { frozenNow, nextFrozen } = at('2026-08-12T10:00:00Z');
    assert.equal(frozenNow, null);
    assert.deepEqual([nextFrozen.from, nextFrozen.until], ['2026-08-13T23:00:00.000Z', '2026-08-15T23:00:00.000Z']);
    assert.deepEqual(
      nextFrozen.days.map(({ words, why }) => `${words}: ${why}`),
      [
        'Friday 14 August 2026: 2.4 times an average day’s weddings by the bookings',
        'Saturday 15 August 2026: a Saturday',
      ],
    );
  });

  it('knows the freeze that holds, from Friday 23:00 UTC on in summer', () => {
    assert.equal(at('2026-08-21T22:59:00Z').frozenNow, null);
    assert.equal(at('2026-08-21T23:00:00Z').frozenNow?.days[0]?.date, '2026-08-22');
  });

  it('counts a season from its begin, or as far back as Prometheus remembers', () => {
    assert.deepEqual(at('2026-04-05T12:00:00Z').season, { name: 'peak', countedFrom: '2026-03-31T23:00:00.000Z' });
    assert.equal(at('2026-08-12T10:00:00Z').season.countedFrom, '2026-07-12T23:00:00.000Z');
    assert.equal(at('2026-01-01T00:00:10Z').seasonSeconds, 60);
  });
});

describe('The charts of the operator', () => {
  it('are worked out once for all who come within ten seconds, and again after a failure', async () => {
    const metrics = new MemoryMetrics();
    const clock = new TestClock(AT);
    const charts = new Charts(metrics, clock);
    await Promise.all([charts.history(60), charts.history(60)]);
    const { asked } = metrics;
    await charts.history(60);
    assert.equal(metrics.asked, asked);
    clock.pass(11);
    metrics.up = false;
    await assert.rejects(charts.history(60));
    metrics.up = true;
    assert.equal((await charts.history(60)).instants.length, 241);
  });
});
