import { UserError } from './errors.ts';
import type { Resource } from './resource.ts';

/** The resources of one run, in the order in which they were registered. */
export class ResourceGraph {
  readonly #byUrn = new Map<string, Resource>();
  #root = '';

  /** The URN of the stack itself; empty until it is registered. */
  get root(): string {
    return this.#root;
  }

  set root(urn: string) {
    this.#root = urn;
  }

  get(urn: string): Resource | undefined {
    return this.#byUrn.get(urn);
  }

  all(): Resource[] {
    return [...this.#byUrn.values()];
  }

  /** Throws a UserError if the URN is taken. */
  add(resource: Resource): void {
    if (this.#byUrn.has(resource.urn)) {
      throw new UserError(`Duplicate resource URN '${resource.urn}'; try giving it a unique name.`);
    }
    this.#byUrn.set(resource.urn, resource);
  }

  /** The ancestors of a resource, nearest first. */
  ancestors(parent: string): string[] {
    const found: string[] = [];
    for (let urn = parent; urn !== ''; urn = this.get(urn)?.parent ?? '') found.push(urn);
    return found;
  }
}
