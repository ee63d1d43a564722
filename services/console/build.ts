import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import preact from '@preact/preset-vite';
import { build as vite } from 'vite';

const FOLDER = dirname(fileURLToPath(import.meta.url));

/** Files that shrink; what is smaller than a packet does not arrive sooner for it. */
const COMPRESSED = /\.(js|css|html|svg)$/;
const SMALLEST = 1_400;

/** Builds the console into the folder `output`: what a browser loads, each file compressed beside itself. */
export async function build(output: string): Promise<void> {
  await vite({
    configFile: false,
    root: FOLDER,
    logLevel: 'warn',
    plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })],
    build: {
      outDir: output,
      emptyOutDir: true,
      target: 'es2022',
      // A page that loads nothing from elsewhere has no use for data in its style either.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  });
  for (const file of readdirSync(output, { recursive: true, encoding: 'utf8' })) {
    if (COMPRESSED.test(file)) compress(join(output, file));
  }
}

function compress(path: string): void {
  const content = readFileSync(path);
  if (content.length < SMALLEST) return;
  writeFileSync(`${path}.gz`, gzipSync(content, { level: constants.Z_BEST_COMPRESSION }));
  writeFileSync(`${path}.br`, brotliCompressSync(content));
}
