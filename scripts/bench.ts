/** `npm run bench`: measures the cache engine, side by side with what it is compared to. */
import { parseBenchOptions } from './lib/bench/options.ts';
import { buildAll } from './lib/build.ts';
import { explain } from './lib/explain.ts';
import { Interrupted, interruption } from './lib/interruption.ts';
import { EXIT, UsageError } from './lib/usage.ts';

const interrupted = interruption();
const { signal } = interrupted;
const progress = (line: string) => void process.stderr.write(`${line}\n`);
try {
  const options = parseBenchOptions(process.argv.slice(2));
  if ('help' in options) process.stdout.write(options.help);
  else {
    progress('building');
    await buildAll();
    const { table, json } = await options.bench.run(options.values, { progress, signal });
    process.stdout.write(`${options.json ? '' : `${table}\n\n`}${JSON.stringify(json)}\n`);
  }
} catch (error) {
  // What fails because its time was cut short has not failed.
  if (signal.aborted || error instanceof Interrupted) {
    process.exitCode = EXIT.interrupted;
    progress('Interrupted; nothing is left running.');
  } else {
    process.exitCode = error instanceof UsageError ? EXIT.usage : EXIT.failed;
    progress(explain(error));
  }
} finally {
  interrupted.end();
}
