import type { RegisterResourceRequest } from '@pulumi/pulumi/proto/resource_pb.js';
import type { Deployment } from '../deployment.ts';
import { UserError } from '../errors.ts';
import { fromStruct } from '../proto.ts';
import type { Resource } from '../resource.ts';
import { makeUrn, packageOf } from '../urn.ts';
import { flattenMap, unflatten } from '../output-values.ts';
import type { PropertyMap } from '../values.ts';
import type { Aliases } from './aliases.ts';
import { attach, requestedDependencies, settledDependencies } from './dependencies.ts';
import { recordedOptions, requestedOptions } from './options.ts';
import { PROVIDER_PREFIX, type ProviderResources, type Settle } from './provider-resources.ts';
import type { Transforms } from './transforms.ts';

export interface RegisterContext {
  readonly deployment: Deployment;
  readonly aliases: Aliases;
  readonly transforms: Transforms;
  readonly providers: ProviderResources;
  readonly settle: Settle;
}

/** Registers a resource as the program asked for it and its transforms changed it. */
export async function register(request: RegisterResourceRequest, context: RegisterContext): Promise<Resource> {
  const { deployment, aliases, transforms, providers } = context;
  const { project } = deployment.setup;
  const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
  if (request.getRemote()) {
    throw new UserError(`The component ${type} '${name}' lives in a provider plugin; there are none on one machine.`);
  }
  const above = deployment.graph.get(parent);
  const urn = makeUrn(project.stack, project.name, parent, type, name);
  const own = request.getTransformsList();
  transforms.keep(urn, own);

  const requested = requestedDependencies(request);
  const outputs = unflatten(fromStruct(request.getObject())) as PropertyMap;
  const options = requestedOptions(request, above);
  if (request.getCustom()) options.setProvider(options.getProvider() || componentProvider(options, above, type));
  const changed = await transforms.resource(
    { type, name, custom: request.getCustom(), parent },
    own,
    deployment.graph.ancestors(parent),
    { properties: own.length > 0 ? attach(outputs, requested) : outputs, options },
  );
  if (!request.getCustom()) handDownProviders(changed.options, above);

  const needsProvider = request.getCustom() && !type.startsWith(PROVIDER_PREFIX);
  const provider = changed.options.getProvider();
  const resource: Resource = {
    ...{ urn, type, name, parent, custom: request.getCustom(), external: false },
    inputs: withVersion(flattenMap(changed.properties), type, changed.options.getVersion()),
    outputs: {},
    id: changed.options.getImport(),
    ...settledDependencies(changed.properties, changed.options.getDependsOnList(), requested, own.length > 0),
    provider: needsProvider && provider === '' ? await providers.defaultFor(type, request.getVersion()) : provider,
    protect: changed.options.hasProtect() ? changed.options.getProtect() : undefined,
    options: recordedOptions(changed.options, aliases.of({ type, name, parent }, changed.options.getAliasesList())),
  };
  await context.settle(resource);
  return resource;
}

type Options = ReturnType<typeof requestedOptions>;

/** The provider for a type that the resource itself or the component above was given. */
function componentProvider(options: Options, parent: Resource | undefined, type: string): string {
  const pkg = packageOf(type);
  return (
    options.getProvidersMap().get(pkg) ?? (parent?.custom === false ? parent.options.providers[pkg] : undefined) ?? ''
  );
}

/** A component has the providers of the component above it, unless it was given its own. */
function handDownProviders(options: Options, parent: Resource | undefined): void {
  if (parent === undefined || parent.custom) return;
  for (const [pkg, reference] of Object.entries(parent.options.providers)) {
    if (!options.getProvidersMap().has(pkg)) options.getProvidersMap().set(pkg, reference);
  }
}

function withVersion(inputs: PropertyMap, type: string, version: string): PropertyMap {
  return type.startsWith(PROVIDER_PREFIX) && version !== '' ? { ...inputs, version } : inputs;
}
