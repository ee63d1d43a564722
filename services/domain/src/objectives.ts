/**
 * The share of hits by another wording that may be wrong at most: the product's promise is the right answer, and a wrong one costs
 * more than a miss. The upper end of the measured interval is held against it.
 */
export const FALSE_HIT_OBJECTIVE = 0.005;
