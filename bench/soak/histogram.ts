/** A Prometheus histogram: how many observations were at most as large as each bound, ascending; the last bound is Infinity. */
export type Histogram = readonly { readonly bound: number; readonly count: number }[];

/** Between which bounds a quantile lies. */
export interface Between {
  readonly low: number;
  readonly high: number;
}

/**
 * A histogram out of a scrape in Prometheus' text format: the sum over all series of `name` whose labels `takes` accepts.
 *
 * @throws Error when there is no such series.
 */
export function readHistogram(
  scrape: string,
  name: string,
  takes: (labels: Readonly<Record<string, string>>) => boolean,
): Histogram {
  const counts = new Map<number, number>();
  for (const [, labels = '', value] of scrape.matchAll(new RegExp(`^${name}_bucket\\{(.*)\\} (\\S+)`, 'gm'))) {
    const read = Object.fromEntries(
      [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', text = '']) => [label, text]),
    );
    if (!takes(read)) continue;
    const bound = read['le'] === '+Inf' ? Infinity : Number(read['le']);
    counts.set(bound, (counts.get(bound) ?? 0) + Number(value));
  }
  if (counts.size === 0) throw new Error(`The engine's metrics hold no ${name} of the kind that is asked for.`);
  return [...counts].map(([bound, count]) => ({ bound, count })).sort((one, other) => one.bound - other.bound);
}

/** What was observed between two scrapes. Both have the same bounds. */
export function since(before: Histogram, after: Histogram): Histogram {
  return after.map(({ bound, count }, index) => ({ bound, count: count - (before[index]?.count ?? 0) }));
}

/** How many observations there are. */
export function countOf(histogram: Histogram): number {
  return histogram.at(-1)?.count ?? 0;
}

/**
 * Between which bounds the `quantile` of the observations lies. A histogram knows no more: what stands between its bounds is
 * for whoever reads it to be careful with. Without observations both are NaN.
 */
export function quantileIn(histogram: Histogram, quantile: number): Between {
  const total = countOf(histogram);
  if (total === 0) return { low: NaN, high: NaN };
  const index = histogram.findIndex(({ count }) => count >= quantile * total && count > 0);
  return { low: histogram[index - 1]?.bound ?? 0, high: histogram[index]?.bound ?? Infinity };
}
