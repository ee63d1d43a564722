/** A measured figure to three digits. */
export function rounded(figure: number): number {
  return Number(figure.toPrecision(3));
}
