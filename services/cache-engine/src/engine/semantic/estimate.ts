/** The z value of a two-sided 95 % interval. */
const Z = 1.959964;

/** A share that was counted, with the interval in which the true one lies with 95 % confidence. */
export interface Estimate {
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** `hits` of `count`, with Wilson's score interval (1927), which is right for small shares and few samples too. */
export function estimate(hits: number, count: number): Estimate {
  if (count === 0) return { share: 0, low: 0, high: 1, count: 0 };
  const share = hits / count;
  const square = Z * Z;
  const centre = share + square / (2 * count);
  const spread = Z * Math.sqrt((share * (1 - share)) / count + square / (4 * count * count));
  const scale = 1 + square / count;
  return {
    share,
    low: Math.max(0, (centre - spread) / scale),
    high: Math.min(1, (centre + spread) / scale),
    count,
  };
}
