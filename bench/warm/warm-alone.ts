/**
 * CPU time of a warm hit, from that of a mix of warm and hot ones and that of a hot one alone.
 *
 * @param warmShare share of the mix that was warm, above 0 and at most 1
 * @throws RangeError for another share
 */
export function warmAlone(mixed: number, hot: number, warmShare: number): number {
  if (!(warmShare > 0 && warmShare <= 1)) throw new RangeError(`A mix is not ${warmShare} warm.`);
  return (mixed - (1 - warmShare) * hot) / warmShare;
}
