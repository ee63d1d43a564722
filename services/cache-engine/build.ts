import { globSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { createRequire, findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as esbuild } from 'esbuild';

const FOLDER = dirname(fileURLToPath(import.meta.url));

/** What runs: the engine, and the thread that it embeds texts in. Name in the build → source. */
const ENTRIES = {
  main: join(FOLDER, 'src/main.ts'),
  'embedding-worker': join(FOLDER, 'src/adapters/embedding/embedding-worker.ts'),
};

/** Some of the bundled packages are CommonJS and look for what an ES module does not have. */
const COMMONJS_GLOBALS = `
import { createRequire as __createRequire } from 'node:module';
import { dirname as __dirnameOf } from 'node:path';
import { fileURLToPath as __fileURLToPath } from 'node:url';
const require = __createRequire(import.meta.url);
const __filename = __fileURLToPath(import.meta.url);
const __dirname = __dirnameOf(__filename);
`.trim();

/** A package that stays a package: it loads machine code, which it looks for among its own files. */
interface NativePackage {
  readonly name: string;
  /** Patterns of the files that are needed to run it on this platform; the rest is for others. */
  readonly files: readonly string[];
  /** Packages that it requires. */
  readonly requires?: readonly NativePackage[];
}

/** What is taken of each. */
const EVERY_PACKAGE = ['package.json', 'LICENSE*'];
const { platform, arch } = process;

const NATIVE_PACKAGES: readonly NativePackage[] = [
  {
    name: 'onnxruntime-node',
    files: ['dist/*.js', `bin/napi-v6/${platform}/${arch}/*`],
    requires: [{ name: 'onnxruntime-common', files: ['dist/cjs/*.{js,json}'] }],
  },
  {
    name: 'usearch',
    files: ['javascript/dist/cjs/*.{js,json}', `prebuilds/${platform}-*${arch}*/*.node`],
    requires: [
      { name: 'node-gyp-build', files: ['*.js'] },
      {
        name: 'bindings',
        files: ['bindings.js'],
        requires: [{ name: 'file-uri-to-path', files: ['index.js'] }],
      },
    ],
  },
];

/**
 * Builds the engine into the folder `output`: with node and that folder alone it runs, in an image or anywhere else.
 * @param more further sources that are to run from there, by name
 */
export async function build(output: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
  await bundle(output, { ...ENTRIES, ...more });
  await writeFile(join(output, 'package.json'), '{ "type": "module" }\n');
  const page = dirname(createRequire(import.meta.url).resolve('@fastify/swagger-ui'));
  await cp(join(page, 'static'), join(output, 'swagger-ui'), { recursive: true });
  await cp(join(FOLDER, 'model'), join(output, 'model'), { recursive: true });
  for (const native of NATIVE_PACKAGES) await install(native, join(output, 'node_modules'), FOLDER);
}

/** Bundles TypeScript with everything that it imports, native packages aside, into a file for each entry. */
async function bundle(output: string, entries: Record<string, string>): Promise<void> {
  await esbuild({
    entryPoints: entries,
    outdir: output,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // Node has them: rewritten, each such literal would be compiled anew at every use.
    supported: { 'regexp-unicode-property-escapes': true },
    sourcemap: true,
    external: NATIVE_PACKAGES.map(({ name }) => name),
    banner: { js: COMMONJS_GLOBALS },
    logLevel: 'warning',
  });
}

/**
 * Copies what `from` finds under the package's name into the folder `modules`.
 * @throws Error when the package has nothing for this platform
 */
async function install({ name, files, requires = [] }: NativePackage, modules: string, from: string): Promise<void> {
  const manifest = findPackageJSON(name, join(from, 'package.json'));
  if (manifest === undefined) throw new Error(`The package ${name} is not installed: run npm ci.`);
  const source = dirname(manifest);
  for (const pattern of files) {
    if (globSync(pattern, { cwd: source }).length > 0) continue;
    throw new Error(`The package ${name} has no ${pattern}: it does not run on this platform.`);
  }
  for (const file of globSync([...EVERY_PACKAGE, ...files], { cwd: source })) {
    const copy = join(modules, name, file);
    await mkdir(dirname(copy), { recursive: true });
    await cp(join(source, file), copy);
  }
  for (const required of requires) await install(required, modules, source);
}
