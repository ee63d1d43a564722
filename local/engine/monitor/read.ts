import type { ReadResourceRequest } from '@pulumi/pulumi/proto/resource_pb.js';
import type { Deployment } from '../deployment.ts';
import { UserError } from '../errors.ts';
import { fromStruct } from '../proto.ts';
import { ORGANIZATION } from '../project/project.ts';
import { NO_OPTIONS, type Resource } from '../resource.ts';
import { makeUrn } from '../urn.ts';
import { flattenMap } from '../output-values.ts';
import { hasSecret, secret, type PropertyMap } from '../values.ts';
import type { ProviderResources } from './provider-resources.ts';

const STACK_REFERENCE = 'pulumi:pulumi:StackReference';

/** Looks up a resource that the program does not manage: another stack's outputs, or something that is taken as said. */
export async function read(
  request: ReadResourceRequest,
  deployment: Deployment,
  providers: ProviderResources,
): Promise<Resource> {
  const { project } = deployment.setup;
  const [type, name, parent, id] = [request.getType(), request.getName(), request.getParent(), request.getId()];
  const inputs = flattenMap(fromStruct(request.getProperties()));
  const outputs = type === STACK_REFERENCE ? await stackOutputs(deployment, id) : inputs;
  const secrets = request.getAdditionalsecretoutputsList().filter((key) => outputs[key] !== undefined);
  const resource: Resource = {
    urn: makeUrn(project.stack, project.name, parent, type, name),
    ...{ type, name, parent, id, inputs, custom: true, external: true },
    outputs: { ...outputs, ...Object.fromEntries(secrets.map((key) => [key, secret(outputs[key])])) },
    dependencies: request.getDependenciesList(),
    propertyDependencies: {},
    provider: request.getProvider() || (await providers.defaultFor(type, request.getVersion())),
    protect: undefined,
    options: { ...NO_OPTIONS, additionalSecretOutputs: request.getAdditionalsecretoutputsList() },
  };
  deployment.graph.add(resource);
  deployment.setup.onEvent({ kind: 'resource', resource });
  return resource;
}

/** What another local stack has saved. Throws a UserError that names the stack if there is none. */
async function stackOutputs({ setup }: Deployment, name: string): Promise<PropertyMap> {
  const [project, stack] = referencedStack(name, setup.project.name);
  const state = await setup.store.read(project, stack);
  if (state === undefined) {
    throw new UserError(`The stack reference '${name}' finds no stack: ${project}/${stack} has not been updated here.`);
  }
  const secretOutputNames = Object.entries(state.outputs).flatMap(([key, value]) => (hasSecret(value) ? [key] : []));
  return { name, outputs: state.outputs, secretOutputNames };
}

/** `organization/project/stack`, `project/stack` or, for a stack of the same project, `stack`. */
function referencedStack(name: string, ownProject: string): [project: string, stack: string] {
  const parts = name.split('/');
  const [stack = '', project = ownProject, organization = ORGANIZATION] = parts.toReversed();
  if (parts.length > 3 || parts.includes('') || organization !== ORGANIZATION) {
    throw new UserError(
      `The stack reference '${name}' is malformed; on one machine it must be ${ORGANIZATION}/<project>/<stack>.`,
    );
  }
  return [project, stack];
}
