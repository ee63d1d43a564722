const INTERVAL = 5000;

/** `act`, called at most once in 5 s: what would repeat many times a second is worth saying once. */
export function seldom(act: () => void): () => void {
  let last = -Infinity;
  return () => {
    const now = performance.now();
    if (now - last < INTERVAL) return;
    last = now;
    act();
  };
}
