import { status } from '@grpc/grpc-js';
import type { Deployment } from '../deployment.ts';
import { messageOf, UserError } from '../errors.ts';
import type { Resource } from '../resource.ts';
import { RpcError } from '../rpc.ts';
import type { ResourceRequest } from '../providers/provider.ts';
import type { ResourceState } from '../state/store.ts';
import { hasUnknown, keepSecretsMap, secret, type PropertyMap } from '../values.ts';
import type { Aliases } from './aliases.ts';
import type { Hooks } from './hooks.ts';
import { PROVIDER_PREFIX, providerId, type ProviderResources } from './provider-resources.ts';

export interface SettleContext {
  readonly deployment: Deployment;
  readonly aliases: Aliases;
  readonly hooks: Hooks;
  readonly providers: () => ProviderResources;
}

/**
 * Brings one resource into being: checks its inputs, has the policies judge them, and previews or makes it.
 * Stops the run and throws an RpcError if that fails.
 */
export async function settle(resource: Resource, context: SettleContext): Promise<void> {
  const { deployment } = context;
  if (deployment.isStopped) throw stopped();
  await deployment.track(bringIntoBeing(resource, context));
}

async function bringIntoBeing(resource: Resource, context: SettleContext): Promise<void> {
  const { deployment } = context;
  try {
    deployment.graph.add(resource);
    const previous = findPrevious(resource, context);
    const request = requestFor(resource, context, previous);
    if (isProvided(resource)) resource.inputs = deployment.setup.findProvider(resource.type).check(request);
    await judge(resource, context);
    await context.hooks.run('beforeCreate', resource);
    await bringAbout(resource, { ...request, inputs: resource.inputs }, deployment);
    await context.hooks.run('afterCreate', resource);
    deployment.setup.onEvent({ kind: 'resource', resource });
  } catch (error) {
    if (error instanceof RpcError) throw error;
    deployment.fail(messageOf(error), resource.urn);
    throw stopped();
  }
}

/** Under this status the runtime ends quietly; under others it waits for calls that will never be answered. */
function stopped(): RpcError {
  return new RpcError(status.UNAVAILABLE, 'The deployment has been stopped.');
}

/** True for a resource that a provider makes: not for components, and not for providers themselves. */
function isProvided(resource: Resource): boolean {
  return resource.custom && !resource.type.startsWith(PROVIDER_PREFIX);
}

function findPrevious({ urn, options }: Resource, { deployment, aliases }: SettleContext): ResourceState | undefined {
  const found = deployment.previousState([urn, ...options.aliases]);
  if (found !== undefined && found.urn !== urn) aliases.use(urn, found.urn);
  return found?.state;
}

function requestFor(
  { urn, type, name, inputs, provider }: Resource,
  context: SettleContext,
  previous: ResourceState | undefined,
): ResourceRequest {
  return { urn, type, name, inputs, provider: context.providers().find(provider)?.inputs ?? {}, previous };
}

/** A preview goes on after a violation, to find them all; an update makes nothing that a mandatory policy forbids. */
async function judge(resource: Resource, { deployment, providers }: SettleContext): Promise<void> {
  const { judge, dryRun } = deployment.setup;
  const allowed = await judge.judge({ resource, provider: providers().find(resource.provider) });
  if (allowed || dryRun) return;
  deployment.stop();
  throw stopped();
}

async function bringAbout(resource: Resource, request: ResourceRequest, deployment: Deployment): Promise<void> {
  const { dryRun, findProvider } = deployment.setup;
  if (!isProvided(resource)) {
    resource.outputs = resource.inputs;
    if (resource.custom) resource.id = providerId(request.previous?.id, dryRun);
    return;
  }
  if (!dryRun && hasUnknown(resource.inputs)) {
    throw new UserError(`${resource.urn} has a value that is still unknown in an update.`);
  }
  const provider = findProvider(resource.type);
  const { id, outputs } = dryRun ? provider.preview(request) : await provider.create(request);
  resource.id = id;
  resource.outputs = withSecretOutputs(keepSecretsMap(resource.inputs, outputs), resource);
}

function withSecretOutputs(outputs: PropertyMap, { options }: Resource): PropertyMap {
  const names = options.additionalSecretOutputs.filter((name) => outputs[name] !== undefined);
  return { ...outputs, ...Object.fromEntries(names.map((name) => [name, secret(outputs[name])])) };
}
