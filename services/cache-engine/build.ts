import { cp, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';

const FOLDER = dirname(fileURLToPath(import.meta.url));

/** Some of the bundled packages are CommonJS and look for what an ES module does not have. */
const COMMONJS_GLOBALS = `
import { createRequire as __createRequire } from 'node:module';
import { dirname as __dirnameOf } from 'node:path';
import { fileURLToPath as __fileURLToPath } from 'node:url';
const require = __createRequire(import.meta.url);
const __filename = __fileURLToPath(import.meta.url);
const __dirname = __dirnameOf(__filename);
`.trim();

/** Builds the engine into the folder `output`: with node and that folder alone it runs, in an image or anywhere else. */
export async function build(output: string): Promise<void> {
  await bundle({
    entryPoints: [join(FOLDER, 'src/main.ts')],
    outfile: join(output, 'main.js'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    sourcemap: true,
    banner: { js: COMMONJS_GLOBALS },
    logLevel: 'warning',
  });
  await writeFile(join(output, 'package.json'), '{ "type": "module" }\n');
  const page = dirname(createRequire(import.meta.url).resolve('@fastify/swagger-ui'));
  await cp(join(page, 'static'), join(output, 'swagger-ui'), { recursive: true });
}
