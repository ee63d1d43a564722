import assert from 'node:assert/strict';
import { parseCommand } from '../../../scripts/lib/season/options.ts';

const NOW = Date.parse('2026-03-29T00:30:00Z');
const parse = (...args: string[]) => parseCommand(args, NOW);

describe('the options of npm run season', () => {
  it('default to 18 months of forecast, 12 of a plan, and yesterday by the clocks of London', () => {
    const { stack, months, until, seed, whatIf } = parse('forecast', '--generated');
    assert.deepEqual([stack, months, until, seed], [undefined, 18, '2026-03-28', 1]);
    assert.deepEqual(whatIf, { saturdays: undefined, growth: undefined, hitRate: undefined, lost: undefined });
    assert.equal(parse('plan', '--generated').months, 12);
    assert.equal(parse('plan', '--generated', '--saturday-share', '0.419').saturdayShare, 0.419);
    assert.equal(parseCommand(['plan', '--generated'], Date.parse('2026-03-29T23:30:00Z')).until, '2026-03-29');
  });

  it('read what is supposed', () => {
    const { whatIf } = parse(
      'plan',
      'uk-west',
      '--generated',
      '--saturdays',
      '+20%',
      '--growth=-5%',
      '--hit-rate',
      '0.9',
      '--lose',
      'uk-south',
    );
    assert.deepEqual(whatIf, { saturdays: 0.2, growth: -0.05, hitRate: 0.9, lost: 'uk-south' });
  });

  it('take several files of history', () => {
    assert.deepEqual(parse('plan', '--history', 'a.csv', '--history', 'b.json').histories, ['a.csv', 'b.json']);
  });

  it('are no longer checked once help is asked for', () => {
    assert.equal(parse('--help').help, true);
  });

  const wrong: [args: string[], message: RegExp][] = [
    [[], /^The command is missing\. Allowed: forecast, backtest, plan, export\./],
    [['guess'], /^The command is "guess"\. Allowed: forecast, backtest, plan, export\./],
    [['plan'], /^No history is given\. Allowed: one of --history, --prometheus, --generated\.$/],
    [['backtest'], /--generated, --series\.$/],
    [['plan', '--generated', '--history', 'x'], /^More than one source is given\./],
    [['plan', '--series', 'x'], /^--series is for backtest\./],
    [['plan', 'paris', '--generated'], /^The stack is "paris"\. Allowed: uk-south, uk-west, eu-west\.$/],
    [['plan', '--prometheus', 'http://localhost:9090'], /^--prometheus is one region’s: name its STACK\.$/],
    [['plan', 'uk-west', '--prometheus', 'ftp://x'], /^--prometheus is "ftp:\/\/x"\. Allowed: an http or https URL\.$/],
    [
      ['plan', '--generated', '--saturdays', '20'],
      /^--saturdays is "20"\. Allowed: per cent more or less, such as \+20%; for less, --saturdays=-5%\.$/,
    ],
    [['plan', '--generated', '--growth=-101%'], /^--growth is "-101%"\./],
    [['plan', '--generated', '--hit-rate', '90'], /^--hit-rate is "90"\. Allowed: a number from 0 to 1\.$/],
    [['plan', '--generated', '--lose', 'paris'], /^--lose is "paris"\./],
    [['plan', 'uk-west', '--generated', '--lose', 'uk-west'], /^uk-west cannot be planned and lost\.$/],
    [['plan', '--generated', '--lose', 'uk-west', '--patch'], /^--patch and --lose do not go together/],
    [['forecast', '--generated', '--patch'], /^--patch, --saturdays, --growth, --hit-rate and --lose are for plan\.$/],
    [['forecast', '--generated', '--of', 'cakes'], /^--of is "cakes"\. Allowed: queries, weddings\.$/],
    [['forecast', '--generated', '--months', '19'], /^--months is "19"\. Allowed: a whole number from 1 to 18\.$/],
    [['forecast', '--generated', '--until', '2026-02-30'], /^--until is "2026-02-30"\. Allowed: a date/],
    [
      ['export', 'uk-south', '--prometheus', 'http://localhost'],
      /^Too little was given\. Allowed: npm run season -- export/,
    ],
    [['plan', '--history', 'x', '--saturday-share', '0.5'], /^--saturday-share is for --generated\.$/],
    [['plan', '--generated', '--out', 'x'], /^--out is for export\.$/],
    [['plan', 'uk-south', 'eu-west', '--generated'], /^"eu-west" is too much\./],
    [['plan', '--generate'], /^Unknown option '--generate'\. See: npm run season -- --help$/],
  ];
  for (const [args, message] of wrong) {
    it(`refuse: ${args.join(' ') || 'nothing'}`, () => {
      assert.throws(() => parse(...args), { name: 'UsageError', message });
    });
  }
});
