/** The report as data: what report.json holds. */
import { OBJECTIVES, REGION_NAMES } from '@wedsync/domain';
import { type Static, Type } from 'typebox';
import { VERDICTS } from './reckoning/standing.ts';

/** Changes when a reader of the version before would misread a report. */
export const SCHEMA_VERSION = 'wedsync.io/sla-report/v1';

const oneOf = <Word extends string>(words: readonly Word[]) => Type.Unsafe<Word>({ type: 'string', enum: [...words] });
/** ISO 8601 in UTC. */
const Instant = Type.String({ format: 'date-time' });
const CalendarDay = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Minutes = Type.Number({ minimum: 0 });
/** Estimated from rates, in thousandths. */
const Requests = Type.Number({ minimum: 0 });
const closed = { additionalProperties: false };

/** Counts and what they mean; `budgetSpent` and `budgetLeft` are shares of the budget, the latter negative when more was spent than there was. */
const Figures = Type.Object(
  {
    requests: Requests,
    bad: Requests,
    share: Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()]),
    budgetSpent: Type.Number({ minimum: 0 }),
    budgetLeft: Type.Number({ maximum: 1 }),
    minutesBelowTarget: Minutes,
    unknownMinutes: Minutes,
    verdict: oneOf(VERDICTS),
  },
  closed,
);

const Measured = { promisedMinutes: Minutes, measuredMinutes: Minutes, excludedMinutes: Minutes };
const Both = { withExclusions: Figures, withoutExclusions: Figures };

const Incident = Type.Object(
  {
    from: Instant,
    until: Instant,
    minutes: Minutes,
    worstRatio: Type.Number({ minimum: 0, maximum: 1 }),
    requests: Requests,
    bad: Requests,
    unknownMinutes: Minutes,
    /** Positions in the report's list of exclusions. */
    exclusions: Type.Array(Type.Integer({ minimum: 0 })),
  },
  closed,
);

const ObjectiveReport = Type.Object(
  {
    name: oneOf(Object.keys(OBJECTIVES) as (keyof typeof OBJECTIVES)[]),
    promise: Type.String(),
    target: Type.Number({ minimum: 0, maximum: 1 }),
    ...Measured,
    ...Both,
    incidents: Type.Array(Incident),
    days: Type.Array(Type.Object({ date: CalendarDay, ...Measured, ...Both }, closed)),
  },
  closed,
);

export const REPORT = Type.Object(
  {
    schema: Type.Literal(SCHEMA_VERSION),
    region: oneOf(REGION_NAMES),
    zone: Type.String(),
    period: Type.Object(
      {
        kind: oneOf(['month', 'saturday']),
        name: Type.String(),
        from: Instant,
        until: Instant,
        complete: Type.Boolean(),
      },
      closed,
    ),
    generatedAt: Instant,
    /** One sentence, by the figures with exclusions. */
    verdict: Type.String(),
    totals: Type.Object(
      {
        /** Requests that count for the availability, in and out of season. */
        requests: Requests,
        bad: Requests,
        incidents: Type.Integer({ minimum: 0 }),
        /** Minutes in which any objective had an incident. */
        incidentMinutes: Minutes,
        /** Minutes in which anything that was promised is unknown, and no exclusion covers it. */
        unknownMinutes: Minutes,
        objectives: Type.Object(
          {
            kept: Type.Integer({ minimum: 0 }),
            unproven: Type.Integer({ minimum: 0 }),
            broken: Type.Integer({ minimum: 0 }),
            'not-promised': Type.Integer({ minimum: 0 }),
          },
          closed,
        ),
      },
      closed,
    ),
    objectives: Type.Array(ObjectiveReport),
    exclusions: Type.Array(
      Type.Object(
        {
          from: Instant,
          until: Instant,
          reason: Type.String(),
          approvedBy: Type.String(),
          bad: Type.Record(Type.String(), Requests),
        },
        closed,
      ),
    ),
    measurement: Type.Object(
      {
        source: Type.String(),
        windowMinutes: Minutes,
        queries: Type.Record(Type.String(), Type.String()),
        /** What a reader must know of how far the figures go. */
        notes: Type.Array(Type.String()),
      },
      closed,
    ),
  },
  closed,
);

export type Report = Static<typeof REPORT>;
export type ObjectiveReport = Static<typeof ObjectiveReport>;
export type Figures = Static<typeof Figures>;
export type ReportedIncident = Static<typeof Incident>;
