import { Type } from 'typebox';
import { count } from './texts.ts';

const figures = {
  hits: count('requests that were answered from the cache'),
  misses: count('requests that the origin had to answer'),
  hitRate: Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()], {
    description: 'hits of all requests, 0 to 1; null without requests',
  }),
  semanticHits: count('hits by another wording'),
  staleHits: count('hits past their time, given while the answer was asked for anew or the origin failed'),
  savedTokens: count('tokens that the origin did not have to read or write again'),
  savedDollars: Type.Number({ minimum: 0, description: 'US dollars that they would have cost, by the cost table' }),
  savedSeconds: Type.Number({ minimum: 0, description: 'seconds that callers did not wait for the origin' }),
};

/** Answer of `GET /v1/statistics`. */
export const StatisticsSchema = Type.Object(
  {
    months: Type.Array(
      Type.Object(
        { month: Type.String({ pattern: '^\\d{4}-\\d{2}$', description: 'YYYY-MM' }), ...figures },
        { title: 'MonthFigures' },
      ),
      { description: 'oldest first' },
    ),
    total: Type.Object(figures, { title: 'Figures' }),
  },
  { title: 'Statistics' },
);
