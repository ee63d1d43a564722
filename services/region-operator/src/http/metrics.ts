import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { METRICS, SERVICE_NAME } from '../contract.ts';

/** What the operator counts about itself. */
export interface Counts {
  readonly registry: Registry;
  polled(outcome: 'ok' | 'away'): void;
  dropped(): void;
  signIn(outcome: 'ok' | 'refused' | 'limited'): void;
}

/** @param viewers how many pages watch now. */
export function countsOf(viewers: () => number): Counts {
  const registry = new Registry();
  registry.setDefaultLabels({ service: SERVICE_NAME });
  collectDefaultMetrics({ register: registry });
  const counter = (name: string, help: string) => new Counter({ name, help, registers: [registry] });
  const byOutcome = (name: string, help: string, outcomes: readonly string[]) => {
    const counted = new Counter({ name, help, labelNames: ['outcome'], registers: [registry] });
    // A series that is not there until something goes wrong cannot be compared.
    for (const outcome of outcomes) counted.inc({ outcome }, 0);
    return counted;
  };
  const polls = byOutcome(METRICS.polls, 'Looks at Prometheus by outcome.', ['ok', 'away']);
  const dropped = counter(METRICS.dropped, 'Pages that were cut off because they did not take what they were sent.');
  const signIns = byOutcome(METRICS.signIns, 'Attempts to sign in by outcome.', ['ok', 'refused', 'limited']);
  new Gauge({
    name: METRICS.viewers,
    help: 'Pages that are told of every change.',
    registers: [registry],
    collect() {
      this.set(viewers());
    },
  });
  return {
    registry,
    polled: (outcome) => polls.inc({ outcome }),
    dropped: () => dropped.inc(),
    signIn: (outcome) => signIns.inc({ outcome }),
  };
}
