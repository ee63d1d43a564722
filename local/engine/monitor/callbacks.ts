import { credentials } from '@grpc/grpc-js';
import type { Message } from 'google-protobuf';
import type { Callback } from '@pulumi/pulumi/proto/callback_pb.js';
import type { CallbacksClient } from '@pulumi/pulumi/proto/callback_grpc_pb.js';
import { callback as messages } from '../proto.ts';
import { CHANNEL_OPTIONS, invoke } from '../rpc.ts';

/** Calls functions that live in the program: transforms and hooks. */
export class Callbacks {
  readonly #clients = new Map<string, CallbacksClient>();

  /** Returns the serialized answer; rejects with what the function threw. */
  async call(callback: Callback, request: Message): Promise<Uint8Array> {
    const client = this.#client(callback.getTarget());
    const call = new messages.CallbackInvokeRequest();
    call.setToken(callback.getToken());
    call.setRequest(request.serializeBinary());
    const response = await invoke<InstanceType<typeof messages.CallbackInvokeResponse>>((done) =>
      client.invoke(call, done),
    );
    return response.getResponse_asU8();
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
  }

  #client(target: string): CallbacksClient {
    const known = this.#clients.get(target);
    if (known !== undefined) return known;
    const client = new messages.Client(target, credentials.createInsecure(), CHANNEL_OPTIONS);
    this.#clients.set(target, client);
    return client;
  }
}
