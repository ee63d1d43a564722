import fc from 'fast-check';

/** The seed of this run's property tests: WEDSYNC_SEED to repeat one, else drawn afresh; printed with every failure. */
const seed = Number(process.env['WEDSYNC_SEED'] ?? Math.trunc(Math.random() * 2 ** 31));
fc.configureGlobal({ seed, numRuns: 200 });

export { fc, seed };
