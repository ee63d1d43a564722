/** `npm run eval`: what the cache makes of a file of labelled question pairs. */
import { PairsError, readPairs } from '../bench/eval/pairs.ts';
import { evaluate } from '../bench/eval/run.ts';
import { byCategory, figuresOf, tableOf } from '../bench/eval/report.ts';
import { explain } from './lib/explain.ts';
import { pathOf } from './lib/path-of.ts';
import { EXIT, parseCommandLine, UsageError } from './lib/usage.ts';

const HELP = `Stores the first question of each pair, asks the second one, and scores whose answer the cache gave.

Usage: npm run eval -- [--pairs FILE] [--judge-error SHARE] [--json]

  --pairs FILE         pairs, a JSON object a line: id, category, a, b, same (default bench/data/wedding-pairs.jsonl)
  --judge-error SHARE  with an oracle as judge that errs so often, 0 to 1 (default: no judge)
  --seed NUMBER        of the oracle's errors (default 1)
  --wrong              lists the questions that got another one's answer
  --json               print one JSON object: trueHit, falseHit, wrongOfHits, candidateRecall5 (shares) and n
  --help               this text

The engine is the real one with its adapters in memory; category and label reach the scorer alone.
Exit codes: 0 done, 1 failed, 2 wrong usage.
`;

async function run(args: readonly string[]): Promise<string> {
  const { values } = parseCommandLine('npm run eval', {
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h' },
      pairs: { type: 'string', default: 'bench/data/wedding-pairs.jsonl' },
      'judge-error': { type: 'string' },
      seed: { type: 'string', default: '1' },
      wrong: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  });
  if (values.help) return HELP;
  const judgeError =
    values['judge-error'] === undefined ? undefined : numberIn(values['judge-error'], '--judge-error', 1);
  const seed = numberIn(values.seed, '--seed', 2 ** 31);
  const pairs = readPairs(pathOf(values.pairs));
  const onProgress = (done: number, of: number) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${of} questions${done === of ? '\n' : ''}`);
  };
  const result = await evaluate(pairs, { judgeError, seed, onProgress });
  const figures = JSON.stringify(figuresOf(result));
  if (values.json) return `${figures}\n`;
  const wrong = result.outcomes.filter(
    ({ pair, answeredBy }) => answeredBy !== undefined && !(pair.same && answeredBy === pair.id),
  );
  const text = new Map(pairs.map(({ id, a }) => [id, a]));
  const list = wrong.map(
    ({ pair, answeredBy }) => `  "${pair.b}" got the answer of "${text.get(answeredBy ?? '') ?? ''}"\n`,
  );
  return `${tableOf(result)}\n${byCategory(result.outcomes)}\n${values.wrong ? list.join('') : ''}${figures}\n`;
}

function numberIn(text: string, option: string, most: number): number {
  const number = Number(text);
  if (text.trim() !== '' && number >= 0 && number <= most) return number;
  throw new UsageError(`${option} is "${text}". Allowed: a number from 0 to ${most}.`);
}

try {
  process.stdout.write(await run(process.argv.slice(2)));
} catch (error) {
  const usage = error instanceof UsageError || error instanceof PairsError;
  process.stderr.write(`${usage ? error.message : explain(error)}\n`);
  process.exitCode = usage ? EXIT.usage : EXIT.failed;
}
