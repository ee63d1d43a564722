import type { KnownHost } from '../../certificates/index.ts';
import type { ObjectStore } from '../kubernetes/store.ts';
import type { AddressBook } from './address-book.ts';
import { hostNames, type HostName, type PodSlots } from './host-names.ts';
import { nameRewriter, type Rewrite } from './name-rewriter.ts';

/** The cluster's DNS, as far as texts are concerned. */
export class Naming {
  #names: readonly HostName[] = [];
  readonly #rewrites = new Map<string, Rewrite>();

  /** Takes over the names of the store's objects. */
  update(store: ObjectStore, addresses: AddressBook, slots: PodSlots): void {
    this.#names = hostNames(store, addresses, slots);
    this.#rewrites.clear();
  }

  /** Names to addresses, as the Pods of a namespace see them. */
  rewriteFor(namespace: string): Rewrite {
    const known = this.#rewrites.get(namespace);
    if (known) return known;
    const rewrite = nameRewriter(this.#names, namespace);
    this.#rewrites.set(namespace, rewrite);
    return rewrite;
  }

  /** What certificates need to know. */
  hosts(): KnownHost[] {
    return this.#names.map(({ host, namespace, address, behind }) => ({
      host,
      namespace,
      addresses: [address, ...behind],
    }));
  }
}
