import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from './bench.ts';
import { cpuMicros } from './process-usage.ts';

/** A server that is measured by a load that is sent to it. */
export interface Subject {
  readonly name: string;
  readonly pid: number;
  /** How many requests it gets for each of a round's, where one costs it so little that it takes more to measure it. @default 1 */
  readonly times?: number;
  /** Sends so many requests and checks every response. */
  readonly load: (count: number) => Promise<void>;
}

/** How to measure. */
export interface RoundOptions extends Context {
  readonly rounds: number;
  /** Requests of each subject in each round. */
  readonly requests: number;
}

/** Rounds that do not count: code is compiled again and again until it is settled. */
const WARM_UP = 2;

/** A process that takes less than this share of a core is at rest. */
const REST = 0.02;
const LOOK_EVERY = 500;
/** How often a process is looked at, at most, before it counts as one that never rests. */
const LOOKS = 240;

/**
 * CPU time a request in microseconds, by subject and round. The subjects take turns within a round, so that a machine that is
 * slow for a while is slow for all of them; each is warmed up with two rounds that do not count, and is at rest when a round begins.
 */
export async function cpuRounds<Name extends string>(
  subjects: Readonly<Record<Name, Subject>>,
  { rounds, requests, progress, signal }: RoundOptions,
): Promise<Readonly<Record<Name, readonly number[]>>> {
  const entries = Object.entries(subjects) as [Name, Subject][];
  const figures = Object.fromEntries(entries.map(([name]) => [name, [] as number[]])) as Record<Name, number[]>;
  progress(`warming up: ${WARM_UP * requests} requests to each of ${entries.map(([, { name }]) => name).join(', ')}`);
  const countOf = ({ times = 1 }: Subject) => requests * times;
  for (const [, subject] of entries) await subject.load(WARM_UP * countOf(subject));
  for (let round = 1; round <= rounds; round++) {
    for (const [name, subject] of entries) {
      await atRest(subject.pid, signal);
      const before = cpuMicros(subject.pid);
      await subject.load(countOf(subject));
      figures[name].push((cpuMicros(subject.pid) - before) / countOf(subject));
    }
    const shown = entries.map(([name, subject]) => `${subject.name} ${figures[name].at(-1)?.toFixed(1)} µs`);
    progress(`round ${round} of ${rounds}: ${shown.join(', ')}`);
  }
  return figures;
}

/** Resolves when the process does next to nothing: what it still does for earlier requests is not the next round's. */
export async function atRest(pid: number, signal: AbortSignal): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    signal.throwIfAborted();
    const before = cpuMicros(pid);
    await delay(LOOK_EVERY);
    if (cpuMicros(pid) - before <= REST * LOOK_EVERY * 1000) return;
  }
  throw new Error(`Process ${pid} is busy though nobody asks it anything; nothing can be measured beside that.`);
}
