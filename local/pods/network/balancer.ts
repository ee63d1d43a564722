import { connect, type Socket } from 'node:net';

/** A Pod that takes connections. */
export interface Endpoint {
  readonly pod: string;
  readonly address: string;
  /** The number of a port of the Pod; a name is looked up among its containers' ports. */
  port(target: number | string): number | undefined;
}

/** Opens a connection to a Pod; `opened` is the event that says it can be used. */
export interface Dialler {
  readonly opened: 'connect' | 'secureConnect';
  dial(host: string, port: number): Socket;
}

export const plainDialler: Dialler = {
  opened: 'connect',
  dial: (host, port) => connect({ host, port, allowHalfOpen: true, noDelay: true }),
};

/** Passes each connection to the endpoint with the fewest, and to the next one when that cannot be reached. */
export class Balancer {
  readonly #endpoints: () => readonly Endpoint[];
  readonly #connections = new Map<string, number>();

  /** @param endpoints the Pods to choose from, asked anew for each connection */
  constructor(endpoints: () => readonly Endpoint[]) {
    this.#endpoints = endpoints;
  }

  /** @param target the Pods' port, by number or name. A client for whom there is no Pod sees its connection reset. */
  serve(client: Socket, target: number | string, dialler: Dialler = plainDialler): void {
    client.on('error', () => undefined); // handled where the Pod's side is known
    this.#tryNext(client, target, dialler, new Set());
  }

  #tryNext(client: Socket, target: number | string, dialler: Dialler, tried: Set<string>): void {
    const endpoint = this.#leastBusy(tried);
    const port = endpoint?.port(target);
    if (!endpoint || port === undefined || client.destroyed) {
      client.resetAndDestroy();
      return;
    }
    tried.add(endpoint.pod);
    this.#count(endpoint.pod, 1);
    const pod = dialler.dial(endpoint.address, port);
    const clientLeft = () => pod.destroy();
    client.once('close', clientLeft);
    let opened = false;
    pod.once(dialler.opened, () => {
      opened = true;
      client.pipe(pod);
      pod.pipe(client);
    });
    pod.once('close', () => this.#count(endpoint.pod, -1));
    pod.on('error', () => {
      client.off('close', clientLeft);
      if (opened) client.resetAndDestroy();
      else this.#tryNext(client, target, dialler, tried);
    });
  }

  #leastBusy(tried: ReadonlySet<string>): Endpoint | undefined {
    let best: Endpoint | undefined;
    for (const endpoint of this.#endpoints()) {
      if (tried.has(endpoint.pod)) continue;
      if (!best || this.#load(endpoint.pod) < this.#load(best.pod)) best = endpoint;
    }
    return best;
  }

  #load(pod: string): number {
    return this.#connections.get(pod) ?? 0;
  }

  #count(pod: string, change: number): void {
    const count = this.#load(pod) + change;
    if (count > 0) this.#connections.set(pod, count);
    else this.#connections.delete(pod);
  }
}
