import type { LocalCluster } from '../pods/index.ts';

/** Where the console lives in the region's graph. */
const CONSOLE = { namespace: 'wedsync-cache', service: 'region-operator' } as const;
const TLS_SECRET = 'region-operator-tls';
const HOST = '127.0.0.1';

/** Where the console answers on this machine, and who may sign in. */
export interface LocalConsole {
  readonly url: string;
  readonly account: string;
  /** A secret. */
  readonly token: string;
}

/** Lets a browser on this machine open the console; `undefined` where the program made none, or none with an account of its own. */
export async function openConsole(
  cluster: LocalCluster,
  outputs: Readonly<Record<string, unknown>>,
  listenPort: number,
): Promise<LocalConsole | undefined> {
  const { consoleToken: token } = outputs;
  if (typeof token !== 'string') return undefined;
  const { namespace, service } = CONSOLE;
  const ca = () => cluster.read('Secret', namespace, TLS_SECRET, 'ca.crt') ?? '';
  const edge = await cluster.expose({
    ...{ namespace, service, port: 443, host: HOST, listenPort },
    tls: { ca, serverName: service },
  });
  return { url: `http://${HOST}:${edge.port}`, account: 'admin', token };
}
