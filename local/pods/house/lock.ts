import { createServer } from 'node:net';

/** Something only one process of the machine holds at a time. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes the lock of that name, or returns undefined when another process holds it. The lock is a listening socket in
 * Linux' abstract namespace: the kernel frees it with the process, however that ends, and it leaves no file behind.
 */
export async function takeLock(name: string): Promise<Lock | undefined> {
  const server = createServer((connection) => connection.destroy());
  const taken = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(`\0wedsync/${name}`, () => resolve(true));
  });
  if (!taken) return undefined;
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}
