import type { Server } from '@grpc/grpc-js';
import type * as rpc from '@pulumi/pulumi/proto/engine_pb.js';
import type { Deployment } from './deployment.ts';
import { diagnosticOf } from './program-error.ts';
import { Empty, engine as messages } from './proto.ts';
import { unary } from './rpc.ts';

const SEVERITIES = ['debug', 'info', 'warning', 'error'] as const;

/** Serves Pulumi's Engine protocol: the program's log, and which resource is the root. */
export function serveEngine(server: Server, deployment: Deployment): void {
  server.addService(messages.Service, {
    log: unary((request: rpc.LogRequest) => {
      const severity = SEVERITIES[request.getSeverity()] ?? 'info';
      if (severity !== 'debug' && !request.getEphemeral()) {
        deployment.report(diagnosticOf(severity, request.getMessage(), request.getUrn()));
      }
      return new Empty();
    }),
    getRootResource: unary(() => {
      const response = new messages.GetRootResourceResponse();
      response.setUrn(deployment.graph.root);
      return response;
    }),
    setRootResource: unary((request: rpc.SetRootResourceRequest) => {
      deployment.graph.root = request.getUrn();
      return new messages.SetRootResourceResponse();
    }),
    startDebugging: unary(() => new Empty()),
    requirePulumiVersion: unary(() => new messages.RequirePulumiVersionResponse()),
  });
}
