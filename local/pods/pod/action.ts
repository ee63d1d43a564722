import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { connect } from 'node:net';
import type { Launcher } from '../house/launcher.ts';
import type { Action, HttpGet } from '../kubernetes/pod-spec.ts';
import type { PreparedContainer } from './prepare.ts';

/** The outcome of a probe or hook; `message` says what went wrong. */
export interface Outcome {
  readonly ok: boolean;
  readonly message: string;
}

const OK: Outcome = { ok: true, message: '' };
const failed = (message: string): Outcome => ({ ok: false, message });

/** Does what a probe or hook says, once, towards a container. Never rejects: what cannot be done has failed. */
export async function perform(...parameters: Parameters<typeof attempt>): Promise<Outcome> {
  try {
    return await attempt(...parameters);
  } catch (error) {
    return failed((error as Error).message); // a path or header that HTTP does not allow, an empty command
  }
}

async function attempt(
  action: Action,
  container: PreparedContainer,
  address: string,
  launcher: Launcher,
  timeoutMs: number,
): Promise<Outcome> {
  if (action.exec) {
    const argv = (action.exec.command ?? []).map(container.rewrite);
    const exit = await launcher.run({ ...container.command, argv }, timeoutMs);
    return exit.code === 0 ? OK : failed(`${exit.text}${exit.output === '' ? '' : `: ${exit.output}`}`);
  }
  if (action.httpGet) {
    const port = portNumber(container, action.httpGet.port);
    return port === undefined ? noPort(action.httpGet.port) : get(action.httpGet, port, address, timeoutMs);
  }
  if (action.tcpSocket) {
    const port = portNumber(container, action.tcpSocket.port);
    return port === undefined
      ? noPort(action.tcpSocket.port)
      : reach(action.tcpSocket.host ?? address, port, timeoutMs);
  }
  return failed('names no exec, httpGet or tcpSocket; grpc does not run on this machine');
}

/** A port of a container by number or name. */
export function portNumber(container: Pick<PreparedContainer, 'spec'>, port: number | string): number | undefined {
  if (typeof port === 'number') return port;
  const named = container.spec.ports?.find(({ name }) => name === port)?.containerPort;
  return named ?? (/^\d+$/.test(port) ? Number(port) : undefined);
}

const noPort = (port: number | string): Outcome => failed(`the container has no port named ${port}`);

function get(action: HttpGet, port: number, address: string, timeoutMs: number): Promise<Outcome> {
  const request = action.scheme === 'HTTPS' ? requestHttps : requestHttp;
  const path = action.path ?? '/';
  const options = {
    host: action.host ?? address,
    port,
    path: path.startsWith('/') ? path : `/${path}`,
    headers: Object.fromEntries((action.httpHeaders ?? []).map(({ name, value }) => [name, value])),
    agent: false,
    rejectUnauthorized: false, // as the kubelet: the question is whether it serves, not who it is
  };
  return new Promise((resolve) => {
    const question = request(options, (response) => {
      const status = response.statusCode ?? 0;
      let body = '';
      response.on('data', (chunk: Buffer) => (body = (body + chunk.toString()).slice(0, 300)));
      response.on('close', () => {
        clearTimeout(timer);
        resolve(status >= 200 && status < 400 ? OK : failed(`GET ${options.path} answered ${status} ${body.trim()}`));
      });
    });
    const timer = setTimeout(() => question.destroy(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs);
    question.on('error', (error) => {
      clearTimeout(timer);
      resolve(failed(`GET ${options.path}: ${error.message}`));
    });
    question.end();
  });
}

function reach(host: string, port: number, timeoutMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (outcome: Outcome) => {
      socket.destroy();
      resolve(outcome);
    };
    socket.setTimeout(timeoutMs, () => finish(failed(`${host}:${port} did not accept in ${timeoutMs} ms`)));
    socket.once('connect', () => finish(OK));
    socket.once('error', (error) => finish(failed(error.message)));
  });
}
