import type { Alias } from '@pulumi/pulumi/proto/alias_pb.js';
import type { Project } from '../project/project.ts';
import { makeUrn, parseUrn, STACK_TYPE, typeOf } from '../urn.ts';

export interface AliasedResource {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
}

/** Works out under which URNs resources were known before, and remembers which of those really were. */
export class Aliases {
  readonly #project: Project;
  /** Resource to the alias under which the last update knew it. */
  readonly #used = new Map<string, string>();

  constructor(project: Project) {
    this.#project = project;
  }

  /** Records that a resource was found under an alias, for the aliases of its children. */
  use(urn: string, alias: string): void {
    this.#used.set(urn, alias);
  }

  /** Every former URN of a resource, each once. */
  of(resource: AliasedResource, given: readonly Alias[]): string[] {
    const own = given.map((alias) => this.#urnOf(resource, alias));
    const { parent, name, type } = resource;
    const parentAlias = this.#used.get(parent);
    if (parentAlias === undefined) return [...new Set(own)];
    const inherited = [
      this.#below(parent, parentAlias, type, name),
      ...own.map((urn) => this.#below(parent, parentAlias, typeOf(urn), parseUrn(urn).name)),
    ];
    return [...new Set([...own, ...inherited])];
  }

  #urnOf(resource: AliasedResource, alias: Alias): string {
    const spec = alias.getSpec();
    if (spec === undefined) return alias.getUrn();
    const given = spec.getParenturn();
    const parent = given === '' ? resource.parent : (this.#used.get(given) ?? given);
    return makeUrn(
      spec.getStack() || this.#project.stack,
      spec.getProject() || this.#project.name,
      spec.getNoparent() || (parent !== '' && typeOf(parent) === STACK_TYPE) ? '' : parent,
      spec.getType() || resource.type,
      spec.getName() || resource.name,
    );
  }

  /** A child named after its parent, `{parent}-part`, was named after the parent's former name. */
  #below(parent: string, parentAlias: string, type: string, name: string): string {
    const parentName = parseUrn(parent).name;
    const formerName = name.startsWith(parentName) ? parseUrn(parentAlias).name + name.slice(parentName.length) : name;
    return makeUrn(this.#project.stack, this.#project.name, parentAlias, type, formerName);
  }
}
