import { OriginError } from '../../ports/origin.ts';

/** A signal that aborts when the origin has taken too long, until it is cleared. */
export interface Deadline {
  readonly signal: AbortSignal;
  readonly clear: () => void;
}

/** A deadline in so many milliseconds; its signal's reason is an OriginError that says `what` did not come. */
export function deadlineIn(milliseconds: number, what: string): Deadline {
  const controller = new AbortController();
  const miss = () =>
    controller.abort(new OriginError('timeout', `The origin gave no ${what} in ${milliseconds / 1000} s.`));
  const timer = setTimeout(miss, milliseconds);
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}
