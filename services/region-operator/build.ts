import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as esbuild } from 'esbuild';

const FOLDER = dirname(fileURLToPath(import.meta.url));

/** What runs: the operator, and what hashes a password for its accounts. Name in the build → source. */
const ENTRIES = { main: join(FOLDER, 'src/main.ts'), 'hash-password': join(FOLDER, 'src/hash-password.ts') };

/** Some of the bundled packages are CommonJS and look for what an ES module does not have. */
const COMMONJS_GLOBALS = `
import { createRequire as __createRequire } from 'node:module';
import { dirname as __dirnameOf } from 'node:path';
import { fileURLToPath as __fileURLToPath } from 'node:url';
const require = __createRequire(import.meta.url);
const __filename = __fileURLToPath(import.meta.url);
const __dirname = __dirnameOf(__filename);
`.trim();

/** Builds the operator into the folder `output`: with node and that folder alone it runs. */
export async function build(output: string): Promise<void> {
  await esbuild({
    entryPoints: ENTRIES,
    outdir: output,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    sourcemap: true,
    banner: { js: COMMONJS_GLOBALS },
    logLevel: 'warning',
  });
  await writeFile(join(output, 'package.json'), '{ "type": "module" }\n');
}
