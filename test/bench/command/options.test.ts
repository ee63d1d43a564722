import assert from 'node:assert/strict';
import { BENCHES, type CataloguedBench } from '../../../scripts/lib/bench/catalogue.ts';
import { parseBenchOptions } from '../../../scripts/lib/bench/options.ts';
import { UsageError } from '../../../scripts/lib/usage.ts';

const BENCH: CataloguedBench = {
  says: 'a bench',
  settings: {
    rounds: { value: 10, least: 1, most: 20, says: 'rounds' },
    minutes: { value: 30, least: 0.5, most: 60, decimals: true, says: 'minutes' },
  },
  run: () => Promise.reject(new Error('Nothing is run here.')),
};
const parse = (...args: string[]) => parseBenchOptions(args, { quick: BENCH });

/** Asserts that a command line is refused with exactly this sentence. */
function assertRefused(args: readonly string[], message: string): void {
  assert.throws(
    () => parse(...args),
    (error) => error instanceof UsageError && error.message === message,
  );
}

describe('the command line of the benches', () => {
  it('takes what is given and the defaults of the rest', () => {
    assert.deepEqual(parse('quick', '--minutes', '1.5', '--json'), {
      ...{ name: 'quick', bench: BENCH, json: true },
      values: { rounds: 10, minutes: 1.5 },
    });
  });

  it('refuses what is out of range or no number, and says what is allowed', () => {
    assertRefused(['quick', '--rounds', '2.5'], '--rounds is "2.5". Allowed: a whole number from 1 to 20.');
    assertRefused(['quick', '--rounds', '21'], '--rounds is "21". Allowed: a whole number from 1 to 20.');
    assertRefused(['quick', '--minutes', ' '], '--minutes is " ". Allowed: a number from 0.5 to 60.');
  });

  it('names the benches there are', () => {
    assertRefused(['slow'], '"slow" is no bench. Allowed: quick.');
    assertRefused(['constructor'], '"constructor" is no bench. Allowed: quick.');
    assertRefused([], 'Name a bench: quick. See: npm run bench -- --help');
  });

  it('has help on all benches and on each', () => {
    for (const args of [['--help'], ['quick', '-h']]) {
      const options = parse(...args);
      assert.ok('help' in options);
      assert.match(options.help, /--rounds N +rounds \(default 10\)/);
    }
  });

  it('has settings whose defaults are allowed', () => {
    for (const [name, { settings }] of Object.entries(BENCHES))
      for (const [option, { value, least, most, decimals }] of Object.entries(settings))
        assert.ok(
          value >= least && value <= most && (decimals || Number.isInteger(value)),
          `${name} --${option} is ${value} by default`,
        );
  });
});
