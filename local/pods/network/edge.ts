import { createServer, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { PortTakenError } from '../errors/port-taken.ts';
import { plainDialler, type Balancer, type Dialler } from './balancer.ts';

/** A port of this machine that leads to a Service of the cluster. */
export interface Edge {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/** TLS towards the Pods: the certificate that signed theirs, as PEM, and the name theirs must be for. */
export interface EdgeTls {
  readonly ca: () => string;
  readonly serverName: string;
}

export interface EdgePlan {
  readonly balancer: Balancer;
  /** The Pods' port, by number or name. */
  readonly target: number | string;
  readonly host: string;
  /** 0 for any free port. */
  readonly listenPort: number;
  readonly tls: EdgeTls | undefined;
  /** Told why a connection to a Pod failed. */
  readonly onProblem: (message: string) => void;
}

/**
 * Listens on a plain port and passes connections to a Service's Pods.
 * @throws PortTakenError when another program listens there
 */
export async function openEdge(plan: EdgePlan): Promise<Edge> {
  const { balancer, target, host, listenPort, tls, onProblem } = plan;
  const dialler = tls ? tlsDialler(tls, onProblem) : plainDialler;
  const clients = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    clients.add(client);
    client.once('close', () => clients.delete(client));
    balancer.serve(client, target, dialler);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTakenError(host, listenPort) : error),
    );
    server.listen(listenPort, host, resolve);
  });
  const address = server.address();
  return {
    host,
    port: typeof address === 'object' && address !== null ? address.port : listenPort,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const client of clients) client.destroy();
      }),
  };
}

function tlsDialler(tls: EdgeTls, onProblem: (message: string) => void): Dialler {
  return {
    opened: 'secureConnect',
    dial: (host, port) => {
      const socket = connectTls({ host, port, ca: tls.ca(), servername: tls.serverName, minVersion: 'TLSv1.3' });
      socket.once('error', (error: Error) =>
        onProblem(`TLS to ${tls.serverName} at ${host}:${port} failed: ${error.message}`),
      );
      return socket;
    },
  };
}
