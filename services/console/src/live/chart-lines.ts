import type { History, HistoryLine, RegionFigures } from '@wedsync/region-operator/wire';
import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api.ts';
import { reasonOf } from '../loading.ts';
import { useStore } from '../store.ts';
import { live } from './live.ts';

/** Minutes that charts show. */
export const MINUTES = 60;

/** The last hour, and then what is heard as it comes. @returns null while it is not there; a text when it cannot be had. */
export function useHistory(): History | string | null {
  const { gaps, snapshot } = useStore(live);
  const [history, setHistory] = useState<History | string | null>(null);
  const added = useRef('');

  useEffect(() => {
    let wanted = true;
    api.history(MINUTES).then(
      (loaded) => wanted && setHistory(loaded),
      (error: unknown) => wanted && setHistory(reasonOf(error)),
    );
    return () => void (wanted = false);
  }, [gaps]);

  const figures = snapshot?.away === null ? snapshot.figures : null;
  useEffect(() => {
    if (figures === null || figures.at === added.current) return;
    added.current = figures.at;
    setHistory((known) => (known === null || typeof known === 'string' ? known : extended(known, figures)));
  }, [figures?.at]);
  return history;
}

/** The lines with the latest figures at their end, and what is older than an hour gone. */
export function extended(history: History, { at, requestsPerSecond, hitRate, latency }: RegionFigures): History {
  const instant = Date.parse(at) / 1000;
  if (instant <= (history.instants.at(-1) ?? 0)) return history;
  const begins = history.instants.findIndex((one) => one >= instant - MINUTES * 60);
  const from = begins < 0 ? history.instants.length : begins;
  const add = (lines: readonly HistoryLine[], values: readonly (number | null)[]) =>
    lines.map(({ name, values: known }, line) => ({ name, values: [...known.slice(from), values[line] ?? null] }));
  return {
    instants: [...history.instants.slice(from), instant],
    requests: add(history.requests, [requestsPerSecond]),
    hitRate: add(history.hitRate, [hitRate]),
    latency: add(history.latency, [latency?.p50 ?? null, latency?.p95 ?? null, latency?.p99 ?? null]),
  };
}
