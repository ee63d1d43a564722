import { ClusterStoppedError } from '../errors/cluster-stopped.ts';
import { InvalidObjectError } from '../errors/invalid-object.ts';
import type { PodEvent } from '../events.ts';
import { openEdge, type Edge, type EdgeTls } from './edge.ts';
import type { Services } from './services.ts';

export interface ExposeOptions {
  readonly namespace: string;
  readonly service: string;
  /** The Service's port, by number or name. */
  readonly port: number | string;
  /** `127.0.0.1` unless given. */
  readonly host?: string;
  /** 0 for any free port. */
  readonly listenPort: number;
  /** Given when the Pods speak TLS: clients of the edge need not. */
  readonly tls?: EdgeTls;
}

/** The edges of a cluster, closed with it. */
export class Edges {
  readonly #services: Services;
  readonly #event: (event: Omit<PodEvent, 'at'>) => void;
  readonly #open = new Set<Edge>();
  #closed = false;

  constructor(services: Services, event: (event: Omit<PodEvent, 'at'>) => void) {
    this.#services = services;
    this.#event = event;
  }

  /** @throws PortTakenError, InvalidObjectError when there is no such Service or port, ClusterStoppedError */
  async open(options: ExposeOptions): Promise<Edge> {
    const { namespace, service: name, port, host = '127.0.0.1', listenPort, tls } = options;
    const service = this.#services.find(namespace, name);
    const servicePort = service && this.#services.port(service, port);
    if (!servicePort) {
      throw new InvalidObjectError(`Service ${namespace}/${name}`, `has no TCP port ${port} to be exposed.`);
    }
    const edge = await openEdge({
      balancer: this.#services.balancer(namespace, name),
      target: servicePort.targetPort ?? servicePort.port,
      host,
      listenPort,
      tls,
      onProblem: (message) => this.#event({ kind: 'network', namespace, name, message }),
    });
    if (this.#closed) {
      await edge.close();
      throw new ClusterStoppedError();
    }
    this.#open.add(edge);
    const close = () => {
      this.#open.delete(edge);
      return edge.close();
    };
    return { ...edge, close };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#open].map((edge) => edge.close()));
  }
}
