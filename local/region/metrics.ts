import { get } from 'node:https';

/** One sample of a scrape: `name{labels} value`. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const SCRAPE_TIMEOUT_MS = 2000;
const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** The samples of a text in Prometheus' exposition format. */
export function parseSamples(text: string): Sample[] {
  return text.split('\n').flatMap((line) => {
    const [, name, labels = '', value] = SAMPLE.exec(line) ?? [];
    if (name === undefined) return [];
    const pairs = [...labels.matchAll(LABEL)].map(([, label, content]) => [label, content]);
    return [{ name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) }];
  });
}

/** Scrapes `https://host:port/path`, trusting `ca` alone. Rejects when there is no answer within two seconds. */
export function scrape(host: string, port: number, path: string, ca: string): Promise<Sample[]> {
  return new Promise((resolve, reject) => {
    const request = get({ host, port, path, ca, agent: false, timeout: SCRAPE_TIMEOUT_MS }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve(parseSamples(text))).on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error(`no answer from ${host} within ${SCRAPE_TIMEOUT_MS} ms`)));
    request.on('error', reject);
  });
}

/** The sum of all samples of a name, those with the given labels only. */
export function total(samples: readonly Sample[], name: string, labels: Readonly<Record<string, string>> = {}): number {
  return samples
    .filter(
      (sample) => sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
    )
    .reduce((sum, sample) => sum + sample.value, 0);
}

/**
 * A quantile of a histogram in seconds, as Prometheus' histogram_quantile() has it: linear within the bucket.
 * NaN when nothing was observed.
 */
export function histogramQuantile(quantile: number, samples: readonly Sample[], name: string): number {
  const byBound = new Map<number, number>();
  for (const { name: sampled, labels, value } of samples) {
    if (sampled !== `${name}_bucket`) continue;
    const bound = labels['le'] === '+Inf' ? Infinity : Number(labels['le']);
    byBound.set(bound, (byBound.get(bound) ?? 0) + value);
  }
  const buckets = [...byBound].sort(([a], [b]) => a - b);
  const rank = quantile * (buckets.at(-1)?.[1] ?? 0);
  let [lower, below] = [0, 0];
  for (const [bound, count] of buckets) {
    if (count >= rank && count > below) {
      return bound === Infinity ? lower : lower + ((bound - lower) * (rank - below)) / (count - below);
    }
    [lower, below] = [bound, count];
  }
  return NaN;
}
