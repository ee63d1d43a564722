/** `npm run bench`: measures the cache engine, side by side with what it is compared to. */
import { parseBenchOptions } from './lib/bench/options.ts';
import { buildAll } from './lib/build.ts';
import { runCommand } from './lib/command.ts';
import { EXIT } from './lib/usage.ts';

await runCommand(async (signal) => {
  const progress = (line: string) => void process.stderr.write(`${line}\n`);
  const options = parseBenchOptions(process.argv.slice(2));
  if ('help' in options) process.stdout.write(options.help);
  else {
    progress('building');
    await buildAll();
    const { table, json } = await options.bench.run(options.values, { progress, signal });
    process.stdout.write(`${options.json ? '' : `${table}\n\n`}${JSON.stringify(json)}\n`);
  }
  return EXIT.ok;
});
