/** `body` with `done` called once when it has ended, broken, been given up, or when `signal` aborts, read or not. */
export function heldBody(
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  done: () => void,
): AsyncIterable<Uint8Array> {
  const end = () => (signal.removeEventListener('abort', end), done());
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  return {
    // Not a generator: one that was never begun does not notice that it is given up.
    [Symbol.asyncIterator]() {
      const bytes = body[Symbol.asyncIterator]();
      return {
        async next() {
          try {
            const result = await bytes.next();
            if (result.done === true) end();
            return result;
          } catch (error) {
            end();
            throw error;
          }
        },
        async return() {
          end();
          await bytes.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
