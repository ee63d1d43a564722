import type { RegisterErrorHookRequest, RegisterResourceHookRequest } from '@pulumi/pulumi/proto/resource_pb.js';
import { UserError } from '../errors.ts';
import { resource as messages, toStruct } from '../proto.ts';
import type { Resource } from '../resource.ts';
import type { Callbacks } from './callbacks.ts';

/** The hooks that a program registered by name, run when a resource that names them is made. */
export class Hooks {
  readonly #callbacks: Callbacks;
  readonly #dryRun: boolean;
  readonly #byName = new Map<string, RegisterResourceHookRequest>();
  readonly #errorHooks = new Set<string>();

  constructor(callbacks: Callbacks, dryRun: boolean) {
    this.#callbacks = callbacks;
    this.#dryRun = dryRun;
  }

  /** Throws a UserError if the name is taken. */
  add(request: RegisterResourceHookRequest): void {
    this.#claim(request.getName());
    this.#byName.set(request.getName(), request);
  }

  /** Error hooks decide whether a failed cloud call is tried again; on one machine no such call is made. */
  addErrorHook(request: RegisterErrorHookRequest): void {
    this.#claim(request.getName());
    this.#errorHooks.add(request.getName());
  }

  #claim(name: string): void {
    if (this.#byName.has(name) || this.#errorHooks.has(name)) {
      throw new UserError(`The hook '${name}' is registered twice; give each hook a name of its own.`);
    }
  }

  /** Runs the hooks bound to a moment in turn. Throws a UserError with a hook's own words if it failed. */
  async run(moment: 'beforeCreate' | 'afterCreate', resource: Resource): Promise<void> {
    for (const name of resource.options.hooks[moment] ?? []) {
      const hook = this.#byName.get(name);
      const callback = hook?.getCallback();
      if (hook === undefined || callback === undefined) {
        throw new UserError(`${resource.urn} names the hook '${name}', which is not registered.`);
      }
      if (this.#dryRun && !hook.getOnDryRun()) continue;
      const request = new messages.ResourceHookRequest();
      request.setUrn(resource.urn);
      request.setId(resource.id);
      request.setName(resource.name);
      request.setType(resource.type);
      request.setNewInputs(toStruct(resource.inputs));
      if (moment === 'afterCreate') request.setNewOutputs(toStruct(resource.outputs));
      const answer = messages.ResourceHookResponse.deserializeBinary(await this.#callbacks.call(callback, request));
      if (answer.getError() !== '' && !hook.getIgnoreErrors()) {
        throw new UserError(`The hook '${name}' of ${resource.urn} failed: ${answer.getError()}`);
      }
    }
  }
}
