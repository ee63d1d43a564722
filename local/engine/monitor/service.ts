import { randomUUID } from 'node:crypto';
import { status, type Server } from '@grpc/grpc-js';
import type * as rpc from '@pulumi/pulumi/proto/resource_pb.js';
import type { Deployment } from '../deployment.ts';
import { messageOf, UserError } from '../errors.ts';
import { ORGANIZATION } from '../project/project.ts';
import { Empty, fromStruct, resource as messages, toStruct } from '../proto.ts';
import type { Resource } from '../resource.ts';
import { RpcError, unary } from '../rpc.ts';
import { flattenMap } from '../output-values.ts';
import { Aliases } from './aliases.ts';
import { Callbacks } from './callbacks.ts';
import { FEATURES, supportsFeature } from './features.ts';
import { Hooks } from './hooks.ts';
import { answerInvoke } from './invoke.ts';
import { ProviderResources } from './provider-resources.ts';
import { read } from './read.ts';
import { register } from './register.ts';
import { settle } from './settle.ts';
import { Transforms } from './transforms.ts';

/** Serves Pulumi's ResourceMonitor protocol for one run. Returns what closes its connections to the program. */
export function serveMonitor(server: Server, deployment: Deployment): { close(): void } {
  const { project, dryRun } = deployment.setup;
  const callbacks = new Callbacks();
  const transforms = new Transforms(callbacks);
  const hooks = new Hooks(callbacks, dryRun);
  const aliases = new Aliases(project);
  const settleOne = (resource: Resource): Promise<void> =>
    settle(resource, { deployment, aliases, hooks, providers: () => providers });
  const providers = new ProviderResources(deployment, settleOne);
  const context = { deployment, aliases, transforms, providers, settle: settleOne };

  server.addService(messages.Service, {
    getDeploymentInfo: unary(() => {
      const info = new messages.DeploymentInfo();
      info.setProject(project.name);
      info.setStack(project.stack);
      info.setOrganization(ORGANIZATION);
      info.setDryrun(dryRun);
      info.setSupportedfeaturesList(FEATURES);
      return info;
    }),
    supportsFeature: unary((request: rpc.SupportsFeatureRequest) => {
      const response = new messages.SupportsFeatureResponse();
      response.setHassupport(supportsFeature(request.getId()));
      return response;
    }),
    registerResource: guarded(deployment, async (request: rpc.RegisterResourceRequest) => {
      const resource = await register(request, context);
      const response = new messages.RegisterResourceResponse();
      response.setUrn(resource.urn);
      response.setId(resource.id);
      // A component's outputs are what it registers later.
      response.setObject(toStruct(resource.custom ? resource.outputs : {}));
      return response;
    }),
    readResource: guarded(deployment, async (request: rpc.ReadResourceRequest) => {
      const resource = await read(request, deployment, providers);
      const response = new messages.ReadResourceResponse();
      response.setUrn(resource.urn);
      response.setProperties(toStruct(resource.outputs));
      return response;
    }),
    registerResourceOutputs: guarded(deployment, (request: rpc.RegisterResourceOutputsRequest) => {
      const resource = deployment.graph.get(request.getUrn());
      if (resource === undefined)
        throw new UserError(`Outputs came for '${request.getUrn()}', which is not registered.`);
      resource.outputs = flattenMap(fromStruct(request.getOutputs()));
      if (resource.urn === deployment.graph.root) deployment.outputs = resource.outputs;
      return new Empty();
    }),
    // The program may catch and handle what a function call throws.
    invoke: unary(async (request: rpc.ResourceInvokeRequest) => {
      const answer = await answerInvoke(request, deployment, transforms);
      const response = new messages.ResourceInvokeResponse();
      if (answer === undefined) response.setUnknown(true);
      response.setReturn(toStruct(answer ?? {}));
      return response;
    }),
    call: unary(() => {
      throw new UserError('A method of a component in a provider plugin was called; there are none on one machine.');
    }),
    existsResource: unary(() => {
      throw new UserError('Asking whether a cloud resource exists needs its provider; there is none on one machine.');
    }),
    registerStackTransform: unary((request: Parameters<Transforms['onStack']>[0]) => {
      transforms.onStack(request);
      return new Empty();
    }),
    registerStackInvokeTransform: unary((request: Parameters<Transforms['onInvokes']>[0]) => {
      transforms.onInvokes(request);
      return new Empty();
    }),
    registerResourceHook: guarded(deployment, (request: rpc.RegisterResourceHookRequest) => {
      hooks.add(request);
      return new Empty();
    }),
    registerErrorHook: guarded(deployment, (request: rpc.RegisterErrorHookRequest) => {
      hooks.addErrorHook(request);
      return new Empty();
    }),
    registerPackage: unary(() => {
      const response = new messages.RegisterPackageResponse();
      response.setRef(randomUUID());
      return response;
    }),
    signalAndWaitForShutdown: unary(() => new Empty()),
  });
  return callbacks;
}

/** A failure of the engine's own ends the run once, in plain words, instead of surfacing in the program as well. */
function guarded<Request, Response>(
  deployment: Deployment,
  answer: (request: Request) => Response | Promise<Response>,
): ReturnType<typeof unary<Request, Response>> {
  return unary(async (request) => {
    try {
      return await answer(request);
    } catch (error) {
      if (error instanceof RpcError) throw error;
      deployment.fail(messageOf(error));
      throw new RpcError(status.UNAVAILABLE, 'The deployment has been stopped.');
    }
  });
}
