import { constants } from 'node:os';

/** Before every run of mocha: a signal ends what the tests have started, which a process that the signal itself ends would leave behind. */
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(128 + constants.signals[signal]));
}
