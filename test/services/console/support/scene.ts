import { MemoryEngine } from '../../../../services/region-operator/src/adapters/memory-engine.ts';
import { MemoryMetrics } from '../../../../services/region-operator/src/adapters/memory-metrics.ts';
import { SERIES, WATCHDOG } from '../../../../services/region-operator/src/contract.ts';
import {
  answersOver,
  CHARTS,
  latencyBySource,
  latencyOfAll,
  QUERIES,
} from '../../../../services/region-operator/src/live/queries.ts';
import type { Alert, Sample } from '../../../../services/region-operator/src/ports/metrics.ts';
import type { Entry, Explanation, KeyDescription, Statistics } from '../../../../services/region-operator/src/wire.ts';
import { entryOf, keyOf, SMITH } from '../../region-operator/support/entries.ts';

const one = (value: number, labels: Record<string, string> = {}): Sample => ({ labels, value });
const by = (label: string, values: Record<string, number>): Sample[] =>
  Object.entries(values).map(([name, value]) => one(value, { [label]: name }));

const ALWAYS: Alert = {
  labels: { alertname: WATCHDOG, severity: 'none' },
  annotations: {},
  activeAt: '2026-08-12T08:00:00Z',
};

/** What fires where all is well. */
export const CALM: readonly Alert[] = [ALWAYS];

export const REDIS_DOWN: Alert = {
  labels: { alertname: 'RedisMasterDown', severity: 'page', pod: 'redis-cache-1-0' },
  annotations: {
    summary: 'A Redis master is down',
    description: 'Answers of its slots are asked anew until its replica has taken over.',
    runbook_url: 'https://runbook.example/#redismasterdown',
  },
  activeAt: '2026-08-12T09:58:00Z',
};

/** Answers over the season, however long it has lasted. */
const SEASON = new RegExp(
  answersOver(0)
    .replaceAll(/[()[\]]/g, '\\$&')
    .replace('0s', '\\d+s'),
);

/** The figures of a region that does well. */
export function calmMetrics(): MemoryMetrics {
  const metrics = new MemoryMetrics();
  metrics.alerts = CALM;
  metrics.put(QUERIES.answers, by('source', { hot: 40, warm: 8, semantic: 1, miss: 1, bypass: 2 }));
  metrics.putLike(SEASON, by('source', { hot: 40_000, warm: 8000, semantic: 1000, miss: 1000, bypass: 2 }));
  metrics.put(QUERIES.errors, by('status', { '4xx': 0.2, '5xx': 0 }));
  metrics.put(QUERIES.originCalls, by('outcome', { ok: 1, error: 0, timeout: 0 }));
  metrics.put(QUERIES.breakers, [one(1, { route: 'assistant', state: 'closed' })]);
  metrics.put(QUERIES.engines, [one(2)]);
  metrics.put(QUERIES.hotEntries, [one(1234)]);
  metrics.put(QUERIES.hotBytes, [one(2_500_000)]);
  metrics.put(QUERIES.redis, [0, 1, 2].flatMap(redisNode));
  metrics.put(QUERIES.objectives, [
    ...objective('availability', 0.9995, 0.0001, 0.8),
    ...objective('availability-peak', 0.9998, null, null, false),
    ...objective('hit-rate', 0.95, 0.049, 0.02),
    one(0, { __name__: SERIES.weddingDay }),
  ]);
  for (const [quantile, seconds] of [
    [0.5, 0.0004],
    [0.95, 0.012],
    [0.99, 0.9],
  ] as const) {
    metrics.put(latencyOfAll(quantile), [one(seconds)]);
    metrics.put(latencyBySource(quantile), by('source', { hot: seconds / 2, warm: seconds, miss: seconds * 3 }));
  }
  metrics.put(CHARTS.requests, [one(52)]);
  metrics.put(CHARTS.hitRate, [one(0.98)]);
  return metrics;
}

function redisNode(shard: number): Sample[] {
  const pod = `redis-cache-${shard}-0`;
  return [
    one(1, { __name__: 'redis_up', pod }),
    one(1, { __name__: 'redis_instance_info', pod, role: 'master' }),
    one(3_000_000, { __name__: 'redis_memory_used_bytes', pod }),
    one(170_000_000, { __name__: 'redis_memory_max_bytes', pod }),
    one(12, { __name__: 'redis_connected_clients', pod }),
  ];
}

function objective(slo: string, target: number, errors: number | null, left: number | null, promised = true): Sample[] {
  return [
    one(target, { __name__: SERIES.objective, slo }),
    ...(errors === null ? [] : [one(errors, { __name__: SERIES.errorRatio, slo })]),
    ...(left === null ? [] : [one(left, { __name__: SERIES.budgetLeft, slo })]),
    one(promised ? 1 : 0, { __name__: SERIES.promised, slo }),
  ];
}

/** A wording that another question's answer serves. */
export const ALIAS: Entry = entryOf(1, 'At what time does the sun set?', {
  kind: 'alias',
  alias: { target: keyOf(0), provenance: { by: 'small-judge', similarity: 0.934, at: '2026-08-12T09:30:00.000Z' } },
});

/** A vendor none of whose questions was asked before. */
export const BARN: KeyDescription = { ...SMITH, keyId: 'key-3', vendorId: 'willow-barn', vendorType: 'venue' };

/** A vendor who has just got a key. */
export const TULIPS: KeyDescription = { ...SMITH, keyId: 'key-2', vendorId: 'tulips', vendorType: 'florist' };

/** What smith was saved in three months; in the first it asked a model whose price nobody knows. */
const SAVED: Statistics = (() => {
  const august = { hits: 10, misses: 10, hitRate: 0.5, semanticHits: 0, staleHits: 0 };
  const september = { hits: 900, misses: 100, hitRate: 0.9, semanticHits: 40, staleHits: 3 };
  const october = { hits: 48_500, misses: 1500, hitRate: 0.97, semanticHits: 900, staleHits: 0 };
  return {
    months: [
      { month: '2026-08', ...august, savedTokens: 2600, savedDollars: 0, savedSeconds: 0 },
      { month: '2026-09', ...september, savedTokens: 234_000, savedDollars: 0.054, savedSeconds: 45 },
      { month: '2026-10', ...october, savedTokens: 12_610_000, savedDollars: 2.91, savedSeconds: 97_000 },
    ],
    total: {
      ...{ hits: 49_410, misses: 1610, hitRate: 49_410 / 51_020, semanticHits: 940, staleHits: 3 },
      ...{ savedTokens: 12_846_600, savedDollars: 2.964, savedSeconds: 97_045 },
    },
  };
})();

const NOTHING_YET: Statistics = (() => {
  const total = { hits: 0, misses: 12, hitRate: 0, semanticHits: 0, staleHits: 0 };
  const saved = { savedTokens: 0, savedDollars: 0, savedSeconds: 0 };
  return { months: [{ month: '2026-10', ...total, ...saved }], total: { ...total, ...saved } };
})();

/** An engine that holds `count` entries of the vendor smith, and nothing of tulips. */
export function engineWith(count: number): MemoryEngine {
  const engine = new MemoryEngine();
  const entries = Array.from({ length: count }, (_, number) =>
    entryOf(number, `Question ${number}: who brings the rings?`),
  );
  entries[0] = entryOf(0, 'When is sunset?');
  entries[1] = ALIAS;
  engine.put(SMITH, entries);
  engine.put(TULIPS, []);
  engine.put(BARN, []);
  engine.save(SMITH.vendorId, SAVED);
  engine.save(BARN.vendorId, NOTHING_YET);
  engine.explainAs('When does dusk fall?', DUSK);
  engine.explainAs('When does dusk fall elsewhere?', { ...DUSK, frame: 'e'.repeat(22), candidates: [] });
  return engine;
}

const DUSK: Explanation = {
  outcome: 'miss',
  bypass: null,
  key: keyOf(99),
  frame: 'f'.repeat(22),
  canonicalText: 'when does dusk fall',
  otherWordings: true,
  sharing: { shareable: false, reason: 'context', key: null },
  hot: { state: 'absent' },
  warm: { state: 'absent' },
  shared: null,
  floor: 0.86,
  candidates: [
    { key: keyOf(0), question: 'When is sunset?', similarity: 0.81, outcome: 'below-floor', conflict: null },
    {
      key: keyOf(7),
      question: 'When does the bar close?',
      similarity: 0.88,
      outcome: 'slot-conflict',
      conflict: { slot: 'subject', stored: 'bar', asked: 'dusk' },
    },
  ],
};
