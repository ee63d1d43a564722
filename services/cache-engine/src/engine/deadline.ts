/** Whether `work` was fulfilled within `milliseconds`. Never rejects; work that takes longer goes on unwatched. */
export function settledWithin(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds, false);
    const settle = (fulfilled: boolean) => {
      clearTimeout(timer);
      resolve(fulfilled);
    };
    work.then(
      () => settle(true),
      () => settle(false),
    );
  });
}
