import { METRICS, PATHS } from '@wedsync/cache-engine/contract';
import { type Sample, scrape, total } from './metrics.ts';

/** What the region's engines have done since they started, together. */
export interface EngineFigures {
  readonly answers: number;
  readonly hits: number;
  readonly errors: number;
  /** Of all engines. */
  readonly samples: readonly Sample[];
}

/** An engine's address. */
export interface EngineAddress {
  readonly host: string;
  readonly port: number;
}

/** Scrapes every engine; one that does not answer (it may be starting) counts nothing. */
export async function engineFigures(engines: readonly EngineAddress[], ca: string): Promise<EngineFigures> {
  const scrapes = await Promise.allSettled(engines.map(({ host, port }) => scrape(host, port, PATHS.metrics, ca)));
  const samples = scrapes.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  return {
    answers: total(samples, METRICS.answers),
    hits: total(samples, METRICS.answers, { source: 'hot' }) + total(samples, METRICS.answers, { source: 'warm' }),
    errors: total(samples, METRICS.errors),
    samples,
  };
}
