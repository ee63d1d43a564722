/** The reason of an aborted command: somebody pressed Ctrl-C or asked the process to end. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly by: NodeJS.Signals;

  constructor(by: NodeJS.Signals) {
    super(`interrupted by ${by}`);
    this.by = by;
  }
}

/** A signal that aborts at the first SIGINT, SIGTERM or SIGHUP; `end` stops listening. A second Ctrl-C changes nothing. */
export function interruption(): { readonly signal: AbortSignal; readonly end: () => void } {
  const controller = new AbortController();
  const abort = (name: NodeJS.Signals) => controller.abort(new Interrupted(name));
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, abort);
  return {
    signal: controller.signal,
    end: () => {
      for (const signal of signals) process.off(signal, abort);
    },
  };
}
