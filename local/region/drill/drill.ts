import { setTimeout as delay } from 'node:timers/promises';
import { killEngine, killRedisMaster } from '../check/faults.ts';
import type { LocalRegion } from '../region.ts';
import { AlertWatch } from './alerts.ts';
import type { DrillOrigin } from './origin.ts';

/** One thing that is broken, and what is to be said of it. */
interface Fault {
  readonly name: string;
  /** Breaks it; gives back what it was, in a word. */
  readonly break: () => string | Promise<string>;
  /** Mends it, where it does not mend itself. */
  readonly mend?: () => Promise<void>;
  /** Alerts that must fire. */
  readonly raises: readonly string[];
  /** Alerts that follow from it, by how long it lasts; they may fire. */
  readonly mayRaise?: readonly string[];
  /** Alerts that stay for as long as their budget is spent, and are not waited for. */
  readonly stays?: readonly string[];
}

/** What came of one fault. */
export interface FaultResult {
  readonly fault: string;
  readonly what: string;
  /** Seconds until all that must fire did; `undefined` when one did not. */
  readonly raisedSeconds: number | undefined;
  /** Seconds from the mending until none fired that clears; `undefined` when one did. */
  readonly clearedSeconds: number | undefined;
  /** All that fired. */
  readonly fired: readonly string[];
  /** What fired without being meant to, and what was meant to and did not. */
  readonly unexpected: readonly string[];
  readonly missing: readonly string[];
}

/** Series of rates need as much before they say anything. */
const SETTLE_SECONDS = 90;
/** The longest time that an alert waits before it fires, and some more. */
const RAISE_SECONDS = 480;
/** The longest range that an alert of the present looks back over, and some more. */
const CLEAR_SECONDS = 900;

export interface DrillOptions {
  readonly region: LocalRegion;
  readonly prometheusUrl: string;
  readonly origin: DrillOrigin;
  readonly signal: AbortSignal;
  readonly onNews: (text: string) => void;
}

/** Breaks a region, one thing after another, under a little load, and watches which alerts come and go. */
export async function drill(options: DrillOptions): Promise<FaultResult[]> {
  const { signal, onNews, prometheusUrl } = options;
  const watch = new AlertWatch(prometheusUrl);
  onNews(`Waiting ${SETTLE_SECONDS} s, until there are rates …`);
  await delay(SETTLE_SECONDS * 1000, undefined, { signal });
  const before = await watch.firing();
  if (before.length > 0) throw new Error(`Nothing is broken yet, and ${before.join(', ')} fires.`);
  const results: FaultResult[] = [];
  for (const fault of faults(options)) results.push(await one(fault, watch, options));
  return results;
}

function faults({ region, origin }: DrillOptions): Fault[] {
  return [
    { name: 'an engine is killed', break: () => killEngine(region), raises: ['EngineRestarted'] },
    { name: 'a Redis master is killed', break: () => killRedisMaster(region), raises: ['RedisFailover'] },
    {
      name: 'the model is gone',
      break: async () => {
        await origin.stop();
        return origin.url;
      },
      mend: () => origin.start(),
      raises: ['OriginBreakerOpen', 'AvailabilityBudgetBurn'],
      mayRaise: ['OriginFailing', 'AvailabilityPeakBudgetBurn'],
      // The slow windows hold what was lost against what was asked for days.
      stays: ['AvailabilityBudgetBurn', 'AvailabilityPeakBudgetBurn'],
    },
  ];
}

async function one(fault: Fault, watch: AlertWatch, { signal, onNews }: DrillOptions): Promise<FaultResult> {
  watch.forget();
  const stays = fault.stays ?? [];
  const what = await fault.break();
  onNews(`${fault.name} (${what})`);
  const raisedSeconds = await watch.until(
    (firing) => fault.raises.every((name) => firing.includes(name)),
    RAISE_SECONDS,
    signal,
  );
  onNews(raisedSeconds === undefined ? '  not all alerts came' : `  ${watch.seen.join(', ')} after ${raisedSeconds} s`);
  await fault.mend?.();
  const clearedSeconds = await watch.until(
    (firing) => firing.every((name) => stays.includes(name)),
    CLEAR_SECONDS,
    signal,
  );
  onNews(clearedSeconds === undefined ? '  not all alerts went' : `  clear ${clearedSeconds} s later`);
  const meant = [...fault.raises, ...(fault.mayRaise ?? [])];
  return {
    fault: fault.name,
    ...{ what, raisedSeconds, clearedSeconds },
    fired: watch.seen,
    unexpected: watch.seen.filter((name) => !meant.includes(name)),
    missing: fault.raises.filter((name) => !watch.seen.includes(name)),
  };
}
