/**
 * Pulumi's protocol as generated for Node. These modules are CommonJS whose exports only exist at run time, so they are
 * imported whole; their message types come from the typed declarations beside them.
 */
import resourceMessages from '@pulumi/pulumi/proto/resource_pb.js';
import resourceServices from '@pulumi/pulumi/proto/resource_grpc_pb.js';
import engineMessages from '@pulumi/pulumi/proto/engine_pb.js';
import engineServices from '@pulumi/pulumi/proto/engine_grpc_pb.js';
import analyzerMessages from '@pulumi/pulumi/proto/analyzer_pb.js';
import analyzerServices from '@pulumi/pulumi/proto/analyzer_grpc_pb.js';
import callbackMessages from '@pulumi/pulumi/proto/callback_pb.js';
import callbackServices from '@pulumi/pulumi/proto/callback_grpc_pb.js';
import aliasMessages from '@pulumi/pulumi/proto/alias_pb.js';
import structMessages from 'google-protobuf/google/protobuf/struct_pb.js';
import emptyMessages from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Map as MessageMap } from 'google-protobuf';
import type { JavaScriptValue, Struct } from 'google-protobuf/google/protobuf/struct_pb.js';
import type { PropertyMap } from './values.ts';

export const resource = { ...resourceMessages, Service: resourceServices.ResourceMonitorService };
export const engine = { ...engineMessages, Service: engineServices.EngineService };
export const analyzer = { ...analyzerMessages, Client: analyzerServices.AnalyzerClient };
export const callback = { ...callbackMessages, Client: callbackServices.CallbacksClient };
export const { Alias } = aliasMessages;
export const { Empty } = emptyMessages;

export function toStruct(map: PropertyMap): Struct {
  return structMessages.Struct.fromJavaScript(withoutUndefined(map) as Record<string, JavaScriptValue>);
}

export function fromStruct(struct: Struct | undefined): PropertyMap {
  return struct?.toJavaScript() ?? {};
}

/** The wire has no word for undefined: properties that are undefined are left out. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => (item === undefined ? null : withoutUndefined(item)));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutUndefined(item)]));
}

/** A message's map as a plain object. */
export function fromMap<Value>(map: MessageMap<string, Value>): Record<string, Value> {
  const entries: [string, Value][] = [];
  map.forEach((value, key) => entries.push([key, value]));
  return Object.fromEntries(entries);
}
