/** A count for people: thousands apart, no fraction. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-GB');
}

/** A share in per cent. */
export function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`;
}

/** A figure with its interval. */
export function within(mean: string, low: string, high: string): string {
  return `${mean} [${low}, ${high}]`;
}
