import type { Callback } from '@pulumi/pulumi/proto/callback_pb.js';
import type { TransformResourceOptions } from '@pulumi/pulumi/proto/resource_pb.js';
import { fromStruct, resource as messages, toStruct } from '../proto.ts';
import type { PropertyMap } from '../values.ts';
import type { Callbacks } from './callbacks.ts';

/** What a transform may change of a resource. */
export interface Transformed {
  readonly properties: PropertyMap;
  readonly options: TransformResourceOptions;
}

export interface TransformTarget {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly parent: string;
}

/** The transforms that a program registered: on resources, on the stack, and on function calls. */
export class Transforms {
  readonly #callbacks: Callbacks;
  readonly #own = new Map<string, readonly Callback[]>();
  readonly #stack: Callback[] = [];
  readonly #invokes: Callback[] = [];

  constructor(callbacks: Callbacks) {
    this.#callbacks = callbacks;
  }

  onStack(callback: Callback): void {
    this.#stack.push(callback);
  }

  onInvokes(callback: Callback): void {
    this.#invokes.push(callback);
  }

  /** Keeps a resource's own transforms for its descendants. */
  keep(urn: string, own: readonly Callback[]): void {
    this.#own.set(urn, own);
  }

  /** Runs a resource's own transforms, then those of its ancestors from the nearest on, then the stack's. */
  async resource(
    target: TransformTarget,
    own: readonly Callback[],
    ancestors: readonly string[],
    start: Transformed,
  ): Promise<Transformed> {
    let { properties, options } = start;
    for (const callback of [...own, ...ancestors.flatMap((urn) => this.#own.get(urn) ?? []), ...this.#stack]) {
      const request = new messages.TransformRequest();
      request.setType(target.type);
      request.setName(target.name);
      request.setCustom(target.custom);
      request.setParent(target.parent);
      request.setProperties(toStruct(properties));
      request.setOptions(options);
      const response = messages.TransformResponse.deserializeBinary(await this.#callbacks.call(callback, request));
      if (response.hasProperties()) properties = fromStruct(response.getProperties());
      options = response.getOptions() ?? options;
    }
    return { properties, options };
  }

  /** Runs the transforms of function calls over a call's arguments. */
  async invoke(token: string, start: PropertyMap, provider: string): Promise<{ args: PropertyMap; provider: string }> {
    let args = start;
    const options = new messages.TransformInvokeOptions();
    options.setProvider(provider);
    let current = options;
    for (const callback of this.#invokes) {
      const request = new messages.TransformInvokeRequest();
      request.setToken(token);
      request.setArgs(toStruct(args));
      request.setOptions(current);
      const answer = await this.#callbacks.call(callback, request);
      const response = messages.TransformInvokeResponse.deserializeBinary(answer);
      if (response.hasArgs()) args = fromStruct(response.getArgs());
      current = response.getOptions() ?? current;
    }
    return { args, provider: current.getProvider() };
  }
}
