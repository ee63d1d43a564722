import { createServer } from 'node:net';
import { PortTakenError } from '../pods/errors/port-taken.ts';

/**
 * Finds out before any work is done what listening at the end of it would say.
 *
 * @throws PortTakenError when another program listens there.
 */
export async function assertPortFree(host: string, port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTakenError(host, port) : error),
    );
    server.listen(port, host, resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}
