import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Options } from '../../../../services/cache-engine/src/adapters/cold/s3-cold-tier.ts';

/** A store on loopback that speaks S3's protocol, with one bucket, and how to get in. */
export interface S3 {
  readonly access: S3Options;
  stop(): Promise<void>;
}

const BUCKET = 'wedsync-cold';

/** Runs the store until its standard input ends, which it does when the tests die in whatever way. */
const PROGRAM = `
import S3rver from 's3rver';
const [directory] = process.argv.slice(1);
const configureBuckets = [{ name: '${BUCKET}', configs: [] }];
const store = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory, configureBuckets });
console.log((await store.run()).port);
process.stdin.resume().on('end', () => process.exit());
`;

/** Starts a store with an empty bucket on any free port. */
export async function startS3(): Promise<S3> {
  const directory = await mkdtemp(join(tmpdir(), 's3-'));
  // A process of its own, as the store makes its continuation tokens with a cipher that OpenSSL has put aside.
  const options = ['--openssl-legacy-provider', '--input-type=module', '--eval', PROGRAM, directory];
  const store = spawn(process.execPath, options, { stdio: ['pipe', 'pipe', 'inherit'], cwd: import.meta.dirname });
  const [port] = (await Promise.race([
    once(store.stdout, 'data'),
    once(store, 'exit').then(([code]) => Promise.reject(new Error(`The S3 store ended with ${code}.`))),
  ])) as [Buffer];
  return {
    access: {
      bucket: BUCKET,
      region: 'eu-west-2',
      endpoint: `http://127.0.0.1:${Number(port.toString())}`,
      forcePathStyle: true,
      // The store's own test credentials.
      credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    },
    async stop() {
      const ended = once(store, 'exit');
      store.stdin.end();
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
