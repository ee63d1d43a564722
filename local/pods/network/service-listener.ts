import { createServer, type Server } from 'node:net';
import type { Service, ServicePort } from '../kubernetes/workloads.ts';
import { Balancer, type Endpoint } from './balancer.ts';

const BACKLOG = 1024;
const RETRY_MS = 100;

/**
 * A Service: listens on its own address and ports, and balances over its ready Pods. It listens only while there is
 * one, so that a client is refused at once, as kube-proxy does, rather than accepted and dropped.
 */
export class ServiceListener {
  service: Service;
  readonly address: string;
  readonly #endpoints: () => readonly Endpoint[];
  readonly #balancer: Balancer;
  readonly #onProblem: (message: string) => void;
  #servers: { readonly server: Server; readonly port: ServicePort }[] = [];
  #retry: NodeJS.Timeout | undefined;
  #reported: string | undefined;
  /** Why a port cannot be opened here, however often it is tried. */
  problem: string | undefined;

  constructor(
    service: Service,
    address: string,
    endpoints: () => readonly Endpoint[],
    onProblem: (message: string) => void,
  ) {
    this.service = service;
    this.address = address;
    this.#endpoints = endpoints;
    this.#balancer = new Balancer(endpoints);
    this.#onProblem = onProblem;
  }

  get listening(): boolean {
    return this.#servers.length > 0;
  }

  /** Opens or closes the ports, as Pods became ready or not, or as the Service's ports changed. */
  sync(): void {
    const wanted = this.#endpoints().length > 0 ? tcpPorts(this.service) : [];
    const open = this.#servers.map(({ port }) => port);
    if (JSON.stringify(open) === JSON.stringify(wanted)) return;
    this.close();
    this.#servers = wanted.map((port) => ({ port, server: this.#listen(port) }));
  }

  /** Takes no more connections; those there are live on. */
  close(): void {
    clearTimeout(this.#retry);
    for (const { server } of this.#servers) server.close();
    this.#servers = [];
  }

  #listen(port: ServicePort): Server {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) =>
      this.#balancer.serve(client, port.targetPort ?? port.port),
    );
    server.on('error', (error: NodeJS.ErrnoException) => this.#failed(port.port, error));
    server.listen({ host: this.address, port: port.port, backlog: BACKLOG });
    return server;
  }

  /** Another program may leave the port again; a port that is not allowed stays so. */
  #failed(port: number, error: NodeJS.ErrnoException): void {
    const problem = `its port ${port} is not open: ${describeError(error)}`;
    if (error.code === 'EADDRINUSE') {
      this.close();
      this.#retry = setTimeout(() => this.sync(), RETRY_MS);
    } else {
      this.problem = problem;
    }
    if (problem !== this.#reported) this.#onProblem(problem);
    this.#reported = problem;
  }
}

function describeError(error: NodeJS.ErrnoException): string {
  if (error.code !== 'EACCES') return error.message;
  return (
    'only root may open ports below 1024 on this machine (sysctl net.ipv4.ip_unprivileged_port_start=0 would change that); ' +
    'an exposed port leads to its Pods all the same'
  );
}

/** The ports of a Service that a TCP balancer can serve. */
export function tcpPorts(service: Service): ServicePort[] {
  return (service.spec.ports ?? []).filter((port) => (port.protocol ?? 'TCP') === 'TCP');
}
