/** `npm run client`: writes the OpenAPI document of the cache engine, and generates the typed client from it. */
import { CLIENT_FOLDER, generateClient } from './lib/client/generate.ts';
import { fail } from './lib/command.ts';
import { ROOT } from './lib/root.ts';
import { parseCommandLine } from './lib/usage.ts';

const HELP = `Writes services/cache-client/openapi.json and generates the typed client beside it.

Usage: npm run client

  --help   this text

Exit codes: 0 done, 1 failed, 2 wrong usage.
`;

try {
  const { values } = parseCommandLine('npm run client', {
    args: process.argv.slice(2),
    options: { help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) process.stdout.write(HELP);
  else {
    await generateClient(CLIENT_FOLDER);
    process.stdout.write(`Written: ${CLIENT_FOLDER.slice(ROOT.length + 1)}/openapi.json and src/generated.\n`);
  }
} catch (error) {
  fail(error);
}
