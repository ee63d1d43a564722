import {
  ServerCredentials,
  status,
  type handleUnaryCall,
  type sendUnaryData,
  type Server,
  type ServerUnaryCall,
  type ServiceError,
} from '@grpc/grpc-js';
import { messageOf } from './errors.ts';

/** As Pulumi itself: a stack's resources can be far over gRPC's 4 MiB. */
export const CHANNEL_OPTIONS = {
  'grpc.max_receive_message_length': 400 * 1024 * 1024,
  'grpc.max_send_message_length': 400 * 1024 * 1024,
};

/** An error with the gRPC status under which the other side is to see it. */
export class RpcError extends Error {
  readonly code: status;

  constructor(code: status, message: string) {
    super(message);
    this.code = code;
  }
}

/** Makes a gRPC handler of a function; what it throws becomes the call's status. */
export function unary<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call: ServerUnaryCall<Request, Response>, done: sendUnaryData<Response>) => {
    Promise.resolve()
      .then(() => answer(call.request))
      .then(
        (response) => done(null, response),
        (error: unknown) =>
          done({ code: error instanceof RpcError ? error.code : status.UNKNOWN, details: messageOf(error) }),
      );
  };
}

/** Calls a method of a generated client; rejects with gRPC's ServiceError. */
export function invoke<Response>(
  call: (done: (error: ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    call((error, response) => (error ? reject(error) : resolve(response)));
  });
}

/** Starts a server on a free loopback port; returns its address. */
export function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(`127.0.0.1:${port}`),
    );
  });
}
