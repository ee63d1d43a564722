import { Certificates, type KnownHost } from '../certificates/index.ts';
import type { PodEvent } from './events.ts';
import type { Clock } from './house/clock.ts';
import type { DataFolder } from './house/data-folder.ts';
import type { ObjectStore } from './kubernetes/store.ts';
import type { NotRun } from './runnable.ts';

/** Keeps the Secrets of a cluster's Certificates in its store, and renews them in time. */
export class CertificateKeeper {
  readonly #certificates: Certificates;
  readonly #store: ObjectStore;
  readonly #clock: Clock;
  readonly #event: (event: Omit<PodEvent, 'at'>) => void;
  readonly #onDue: () => void;
  #waiting = new AbortController();
  #closed = false;
  /** Certificates that cannot be issued. */
  pending: readonly NotRun[] = [];

  /** @param onDue called when a certificate is to be renewed: `issue` does it */
  constructor(
    data: DataFolder,
    store: ObjectStore,
    clock: Clock,
    event: (event: Omit<PodEvent, 'at'>) => void,
    onDue: () => void,
  ) {
    this.#certificates = new Certificates({
      read: (name) => data.readJson(`certificates/${name}`),
      write: (name, value) => data.writeJson(`certificates/${name}`, value),
    });
    this.#store = store;
    this.#clock = clock;
    this.#event = event;
    this.#onDue = onDue;
  }

  /** Issues what is missing, changed or due. */
  async issue(hosts: readonly KnownHost[]): Promise<void> {
    const result = await this.#certificates.reconcile(this.#store.all(), hosts, this.#clock.now());
    this.#store.make(result.secrets);
    this.pending = result.pending.map((one) => ({ kind: 'Certificate', ...one, blocking: false }));
    for (const { namespace, name, reason } of result.issued) {
      this.#event({ kind: 'certificate', namespace, name, message: `certificate issued: ${reason}` });
    }
    this.#waiting.abort();
    this.#waiting = new AbortController();
    // Closed while it was issuing, it must not set a timer that nobody would end.
    if (result.renewAt && !this.#closed) void this.#waitUntil(result.renewAt, this.#waiting.signal);
  }

  /** Renews nothing any more, even if it is issuing just now. */
  close(): void {
    this.#closed = true;
    this.#waiting.abort();
  }

  async #waitUntil(time: Date, signal: AbortSignal): Promise<void> {
    await this.#clock.sleep(Math.max(0, time.getTime() - this.#clock.now().getTime()), signal);
    if (!signal.aborted) this.#onDue();
  }
}
