import { linearRegression, linearRegressionLine, min, sum } from 'simple-statistics';

/** Memory at a moment. */
export interface Sample {
  /** Seconds since the beginning. */
  readonly at: number;
  readonly mib: number;
}

/** How fast memory grows, in MiB an hour, with the bounds of a 95 % interval; NaN where there are too few samples. */
export interface Growth {
  readonly slope: number;
  readonly low: number;
  readonly high: number;
}

const HOUR = 3600;
/** Parts into which the second half is cut. */
const PARTS = 15;
/** The quantile of Student's distribution that leaves 2.5 % above it, for PARTS points less the two of a line. */
const T = 2.1604;

/**
 * The growth over the second half, when what fills up at first is full. A collected heap goes up and down like a saw, so the line
 * goes through the lowest sample of each part: neighbouring samples hang together, those floors hardly do.
 */
export function growthOf(samples: readonly Sample[]): Growth {
  const end = samples.at(-1)?.at ?? 0;
  const half = samples.filter(({ at }) => at >= end / 2);
  if (half.length < PARTS) return { slope: NaN, low: NaN, high: NaN };
  const floors = Array.from({ length: PARTS }, (_, part) => {
    const own = half.slice(Math.floor((part * half.length) / PARTS), Math.floor(((part + 1) * half.length) / PARTS));
    const least = min(own.map(({ mib }) => mib));
    return own.find(({ mib }) => mib === least) as Sample;
  });
  const points = floors.map(({ at, mib }) => [at / HOUR, mib]);
  const line = linearRegression(points);
  const residuals = points.map(([x, y]) => (y as number) - linearRegressionLine(line)(x as number));
  const middle = sum(points.map(([x]) => x as number)) / PARTS;
  const spread = sum(points.map(([x]) => ((x as number) - middle) ** 2));
  const error = Math.sqrt(sum(residuals.map((residual) => residual ** 2)) / (PARTS - 2) / spread);
  return { slope: line.m, low: line.m - T * error, high: line.m + T * error };
}
