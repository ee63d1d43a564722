import { randomUUID } from 'node:crypto';
import type { Deployment } from '../deployment.ts';
import { NO_OPTIONS, type Resource } from '../resource.ts';
import { makeUrn, packageOf } from '../urn.ts';
import { secret, UNKNOWN, type PropertyMap } from '../values.ts';

/** The start of every provider resource's type. */
export const PROVIDER_PREFIX = 'pulumi:providers:';

/** Brings a resource through checks and policies into being. */
export type Settle = (resource: Resource) => Promise<void>;

/** Finds the provider resource for each resource, and registers default providers where the program made none. */
export class ProviderResources {
  readonly #deployment: Deployment;
  readonly #settle: Settle;
  readonly #defaults = new Map<string, Promise<Resource>>();

  constructor(deployment: Deployment, settle: Settle) {
    this.#deployment = deployment;
    this.#settle = settle;
  }

  /** The reference of a package's default provider for an SDK version; it is registered when first asked for. */
  async defaultFor(type: string, version: string): Promise<string> {
    const pkg = packageOf(type);
    const key = `${pkg}@${version}`;
    let registered = this.#defaults.get(key);
    if (registered === undefined) this.#defaults.set(key, (registered = this.#register(pkg, version)));
    const provider = await registered;
    return `${provider.urn}::${provider.id}`;
  }

  /** The provider resource that a reference `<URN>::<id>` means. */
  find(reference: string): Resource | undefined {
    return this.#deployment.graph.get(reference.slice(0, reference.lastIndexOf('::')));
  }

  async #register(pkg: string, version: string): Promise<Resource> {
    const { project } = this.#deployment.setup;
    const type = PROVIDER_PREFIX + pkg;
    const name = ['default', ...(version === '' ? [] : version.split(/[.+-]/))].join('_');
    const inputs = this.#configOf(pkg, version);
    const resource: Resource = {
      urn: makeUrn(project.stack, project.name, '', type, name),
      ...{ type, name, custom: true, external: false, parent: '', inputs, outputs: {}, id: '', provider: '' },
      ...{ dependencies: [], propertyDependencies: {}, protect: undefined, options: { ...NO_OPTIONS, version } },
    };
    await this.#settle(resource);
    return resource;
  }

  /** A default provider is configured by the package's own keys, such as `kubernetes:namespace`. */
  #configOf(pkg: string, version: string): PropertyMap {
    const { values, secretKeys } = this.#deployment.setup.project.config;
    const own = Object.entries(values).filter(([key]) => key.startsWith(`${pkg}:`));
    const inputs: PropertyMap = Object.fromEntries(
      own.map(([key, value]) => [key.slice(pkg.length + 1), secretKeys.includes(key) ? secret(value) : value]),
    );
    return { ...inputs, ...(version === '' ? {} : { version }) };
  }
}

/** The id of a provider resource: a preview can't know it unless the provider is there already. */
export function providerId(previousId: string | undefined, dryRun: boolean): string {
  return previousId ?? (dryRun ? UNKNOWN : randomUUID());
}
