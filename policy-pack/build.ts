import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build as bundle, type Plugin } from 'esbuild';

const folder = import.meta.dirname;

/**
 * @pulumi/policy asks the root of @pulumi/pulumi for two classes, and the root loads the whole SDK: 0.2 s and 25 MB at every
 * start of the pack, beside what its runtime loads already. The bundle asks for the two classes alone.
 */
const withoutSdkRoot: Plugin = {
  name: 'without-sdk-root',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^@pulumi\/pulumi$/ }, () => ({ path: path.join(folder, 'sdk-root.ts') }));
  },
};

/**
 * Builds index.js in the folder `output`, the pack as `pulumi` runs it: one CommonJS file, since Pulumi's runtime loads packs by `require`.
 * What the pack must share with that runtime (the SDK, gRPC, the messages) stays outside; the rest is inside.
 */
export async function build(output: string): Promise<void> {
  await mkdir(output, { recursive: true });
  await writeFile(path.join(output, 'package.json'), '{ "type": "commonjs" }\n');
  await bundle({
    entryPoints: [path.join(folder, 'index.ts')],
    outfile: path.join(output, 'index.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    // CommonJS has another word for it.
    define: { 'import.meta.dirname': '__dirname' },
    external: ['@pulumi/pulumi/*', '@grpc/grpc-js', 'google-protobuf'],
    plugins: [withoutSdkRoot],
    sourcemap: true,
    logLevel: 'warning',
  });
}
