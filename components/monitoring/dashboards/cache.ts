import { METRICS } from '@wedsync/cache-engine/contract';
import { FALSE_HIT_OBJECTIVE } from '@wedsync/domain';
import { answeredWithin, type DashboardFigures, of, rate, rateBy } from './figures.ts';
import { type Dashboard, figure, layers, lines, query, worseUpward, wrongFrom } from './panel.ts';
import { answeredWell, falseHits, hitRate } from './promise.ts';
import { reachingRedis } from './causes.ts';

/** The tiers that hold answers, the fastest first, and what gives one that none of them has. */
const SOURCES = ['hot', 'warm', 'cold', 'semantic', 'miss'] as const;

/** What the cache holds and gives, whether it is right, and how the models behind it are. */
export function cacheDashboard({ engine, redis }: DashboardFigures): Dashboard {
  const counted = (metric: string, by: string) => [query(`{{${by}}}`, rateBy(by, metric + of(engine)))];
  const cache = of(redis.cache);
  return {
    name: 'cache',
    title: 'WedSync cache',
    description: 'What the cache gives and how fast, whether it is right, and how the models behind it are.',
    back: '6h',
    rows: [
      {
        title: 'Is the promise kept?',
        panels: [
          hitRate,
          falseHits(engine),
          answeredWell,
          reachingRedis(engine),
          figure(
            'Turned away',
            'Are requests turned away because too many wait for a model?',
            'reqps',
            rate(METRICS.shed + of(engine)),
            { thresholds: wrongFrom(0.01), alert: 'RequestsShed' },
          ),
          figure(
            'Unreadable records',
            'How many records could not be opened in the last hour? They were answered as misses: a key is missing, or somebody changed them.',
            'none',
            `sum(increase(${METRICS.unreadable}${of(engine)}[1h]))`,
            { thresholds: wrongFrom(1), alert: 'UnreadableRecords' },
          ),
        ],
      },
      {
        title: 'Tiers',
        panels: [
          layers(
            'Answers by source',
            'Which tier answers? Many warm ones after an update are right: the hot tier is an engine’s own memory.',
            'reqps',
            counted(METRICS.answers, 'source'),
            { alert: 'HitRateBudgetBurn' },
          ),
          lines(
            'Half of the answers, by source',
            'How fast is each tier on an ordinary request? A slow warm tier is Redis or the network.',
            's',
            SOURCES.map((source) => query(source, answeredWithin(0.5, engine, { source }))),
          ),
          lines(
            '95 of 100 answers, by source',
            'How slow are the slow ones? Misses are as slow as the model.',
            's',
            SOURCES.map((source) => query(source, answeredWithin(0.95, engine, { source }))),
            { alert: 'LatencyPeakBudgetBurn' },
          ),
        ],
      },
      {
        title: 'Is it right?',
        panels: [
          lines(
            'Wrong hits by another wording',
            'Is the share of wrong ones, among those that were judged again, above what is allowed? Surely so when the low end is.',
            'percentunit',
            [
              query('{{bound}}', `max by (bound) (${METRICS.falseHits}${of(engine)})`),
              query('allowed', `max(${METRICS.falseHitObjective}${of(engine)})`),
            ],
            { thresholds: wrongFrom(FALSE_HIT_OBJECTIVE), range: { from: 0 }, alert: 'FalseHits' },
          ),
          layers(
            'Hits by match',
            'Whose question was answered: the same, another wording of it, or one that other vendors asked?',
            'reqps',
            counted(METRICS.matches, 'match'),
          ),
          lines(
            'Verdicts of the judge',
            'Does the judge answer, and does it confirm wordings? Without it, another wording is a miss.',
            'ops',
            counted(METRICS.verdicts, 'verdict'),
          ),
          figure(
            'Hits judged again',
            'How many hits by another wording does the share of wrong ones rest on?',
            'none',
            `sum(${METRICS.falseHitSamples}${of(engine)})`,
          ),
          figure(
            'Wordings taken back',
            'How many were taken back in the last day because a sample found them wrong?',
            'none',
            `sum(increase(${METRICS.revoked}${of(engine)}[1d]))`,
            { alert: 'FalseHits' },
          ),
          layers(
            'Answers past their time',
            'Does the cache answer with what is past its time? While a model is away that is what keeps vendors served.',
            'reqps',
            counted(METRICS.stale, 'reason'),
            { alert: 'OriginFailing' },
          ),
          lines(
            'Asked anew in the background',
            'How much does it cost to keep answers fresh?',
            'reqps',
            counted(METRICS.refreshes, 'reason'),
          ),
        ],
      },
      {
        title: 'The models behind it',
        panels: [
          layers('Calls by outcome', 'Do the models answer?', 'reqps', counted(METRICS.originCalls, 'outcome'), {
            alert: 'OriginFailing',
          }),
          lines(
            'Turned away, by priority',
            'Whom does it hit when too many wait for a model? What is not about a wedding day goes first.',
            'reqps',
            counted(METRICS.shed, 'priority'),
            { alert: 'RequestsShed' },
          ),
          lines(
            'Saved and repeated calls',
            'How many callers were given the answer being made for another, and how many calls were made again?',
            'reqps',
            [
              query('given another’s', rate(METRICS.merged + of(engine))),
              query('made again', rate(METRICS.retries + of(engine))),
            ],
          ),
          lines(
            'Circuit breakers',
            'Which model is left alone for a while, because its calls failed one after the other?',
            'none',
            [
              query(
                '{{route}} {{state}}',
                `max by (route, state) (${METRICS.breaker}${of(engine, 'state!="closed"')})`,
              ),
            ],
            { range: { from: 0, to: 1 }, alert: 'OriginBreakerOpen' },
          ),
        ],
      },
      {
        title: 'What it holds',
        panels: [
          lines(
            'Answers in the engines’ memory',
            'Is the hot tier filled? It begins empty with each engine.',
            'none',
            [query('{{pod}}', `${METRICS.hotSize}${of(engine)}`)],
            { range: { from: 0 }, alert: 'EngineRestarted' },
          ),
          lines(
            'Memory of the hot tier',
            'How much of an engine’s memory is answers?',
            'bytes',
            [query('{{pod}}', `${METRICS.hotBytes}${of(engine)}`)],
            { range: { from: 0 } },
          ),
          lines(
            'Redis: found, missed, evicted',
            'Does the cache push out more than it gives? Then its memory is too small.',
            'ops',
            [
              query('found', rate(`redis_keyspace_hits_total${cache}`)),
              query('missed', rate(`redis_keyspace_misses_total${cache}`)),
              query('evicted', rate(`redis_evicted_keys_total${cache}`)),
            ],
            { alert: 'RedisCacheThrashing' },
          ),
          lines(
            'Answers given before Redis had them',
            'Does Redis confirm slowly? Such an answer is asked again if the engine dies at that moment.',
            'reqps',
            rate(METRICS.lateWarmWrites + of(engine)),
          ),
          figure(
            'Keys in Redis',
            'How many keys do the masters hold?',
            'none',
            `sum(redis_db_keys${cache} and on(instance) redis_instance_info${of(redis.cache, 'role="master"')})`,
          ),
          figure(
            'Memory of Redis in use',
            'How full is the fullest node? From 100 % on it pushes out what was not asked for long.',
            'percentunit',
            `max(redis_memory_used_bytes${cache} / redis_memory_max_bytes${cache})`,
            { thresholds: worseUpward(0.95, 2), alert: 'RedisCacheThrashing' },
          ),
        ],
      },
    ],
  };
}
