/** An observation: what is known of it, what it came to, and how much it counts. */
export interface Observation {
  readonly features: ArrayLike<number>;
  readonly value: number;
  readonly weight: number;
}

/**
 * Coefficients that make the weighted sum of squared errors least, plus `ridge` × the weights' sum × the squares of all coefficients but the first
 * `free` ones: what has no observation comes out as 0 instead of anything. By Cholesky's decomposition of the normal equations.
 *
 * @throws RangeError when the features of the first `free` coefficients depend on each other.
 */
export function leastSquares(
  observations: Iterable<Observation>,
  size: number,
  ridge: number,
  free: number,
): Float64Array {
  const gram = new Float64Array(size * size);
  const right = new Float64Array(size);
  let total = 0;
  for (const { features, value, weight } of observations) {
    total += weight;
    for (let row = 0; row < size; row++) {
      const weighted = weight * (features[row] ?? 0);
      if (weighted === 0) continue;
      right[row] = (right[row] as number) + weighted * value;
      for (let column = 0; column <= row; column++)
        gram[row * size + column] = (gram[row * size + column] as number) + weighted * (features[column] ?? 0);
    }
  }
  for (let row = free; row < size; row++) gram[row * size + row] = (gram[row * size + row] as number) + ridge * total;
  return solve(cholesky(gram, size), right, size);
}

/** The lower triangle L with L × Lᵀ = the matrix, of which only the lower triangle is read. */
function cholesky(matrix: Float64Array, size: number): Float64Array {
  const lower = matrix.slice();
  const at = (row: number, column: number) => lower[row * size + column] as number;
  for (let column = 0; column < size; column++) {
    for (let row = column; row < size; row++) {
      let rest = at(row, column);
      for (let before = 0; before < column; before++) rest -= at(row, before) * at(column, before);
      if (row > column) lower[row * size + column] = rest / at(column, column);
      else if (rest > 0) lower[row * size + column] = Math.sqrt(rest);
      else throw new RangeError(`Too few different days to tell ${size} coefficients apart.`);
    }
  }
  return lower;
}

function solve(lower: Float64Array, right: Float64Array, size: number): Float64Array {
  const result = right.slice();
  const at = (row: number, column: number) => lower[row * size + column] as number;
  const less = (row: number, of: number, coefficient: number) => {
    result[row] = (result[row] as number) - coefficient * (result[of] as number);
  };
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) less(row, column, at(row, column));
    result[row] = (result[row] as number) / at(row, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let column = row + 1; column < size; column++) less(row, column, at(column, row));
    result[row] = (result[row] as number) / at(row, row);
  }
  return result;
}
