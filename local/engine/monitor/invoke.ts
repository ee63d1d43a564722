import type { ResourceInvokeRequest } from '@pulumi/pulumi/proto/resource_pb.js';
import type { Deployment } from '../deployment.ts';
import { UserError } from '../errors.ts';
import { fromStruct } from '../proto.ts';
import { flattenMap } from '../output-values.ts';
import { hasUnknown, stripMap, type PropertyMap } from '../values.ts';
import type { Transforms } from './transforms.ts';

/** The engine's own function that finds a resource of this run by its URN. */
const GET_RESOURCE = 'pulumi:pulumi:getResource';

/** Answers a function call; undefined if the answer is not known in a preview. */
export async function answerInvoke(
  request: ResourceInvokeRequest,
  { graph, setup }: Deployment,
  transforms: Transforms,
): Promise<PropertyMap | undefined> {
  const token = request.getTok();
  const given = flattenMap(fromStruct(request.getArgs()));
  if (token === GET_RESOURCE) {
    const resource = graph.get(String(given['urn']));
    if (resource === undefined) throw new UserError(`There is no resource '${String(given['urn'])}' in this stack.`);
    return { urn: resource.urn, id: resource.id, state: resource.outputs };
  }
  const { args } = await transforms.invoke(token, given, request.getProvider());
  const flat = flattenMap(args);
  if (setup.dryRun && (hasUnknown(flat) || dependsOnUnmade(request, graph))) return undefined;
  return setup.findProvider(token).invoke(token, stripMap(flat), setup.dryRun);
}

/** A call that declares dependencies must see them made; in a preview those without an id are not. */
function dependsOnUnmade(request: ResourceInvokeRequest, graph: Deployment['graph']): boolean {
  return request.getDependsonList().some((urn) => {
    const resource = graph.get(urn);
    return resource === undefined || (resource.custom && resource.id === '');
  });
}
