import { readFileSync } from 'node:fs';
import type { OutgoingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:https';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { KeyFiles } from '../control-plane/keys.ts';
import { type ApiObject, describe, type ObjectReference } from './objects.ts';
import { StatusError } from './status-error.ts';

interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

export interface ApplyOptions {
  /** Under which name the fields are owned. */
  readonly manager: string;
  /** Takes fields over from other owners instead of failing with a conflict. @default false */
  readonly force?: boolean;
  /** Judges, and changes nothing. @default false */
  readonly dryRun?: boolean;
}

/** A change that a watch saw. */
export interface WatchEvent<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: T;
}

export interface Watch {
  stop(): Promise<void>;
}

const JSON_TYPE = 'application/json';
const APPLY_TYPE = 'application/apply-patch+yaml';
const MERGE_TYPE = 'application/merge-patch+json';

/** The Kubernetes API as far as these tests need it. Every method rejects with a StatusError when the server refuses. */
export class ApiClient {
  readonly #server: string;
  readonly #agent: Agent;
  readonly #resources = new Map<string, ApiResource[]>();

  constructor(server: string, authority: string, user: KeyFiles) {
    this.#server = server;
    const [ca, cert, key] = [authority, user.certificate, user.key].map((file) => readFileSync(file));
    this.#agent = new Agent({ ca, cert, key, keepAlive: true, maxSockets: 16 });
  }

  async isReady(): Promise<boolean> {
    return this.#send('GET', '/readyz').then(
      ({ status }) => status === 200,
      () => false, // it does not listen yet
    );
  }

  /** Server-side apply. @returns the object as the server has it now */
  async apply<T extends ApiObject>(object: T, { manager, force = false, dryRun = false }: ApplyOptions): Promise<T> {
    const fields = `fieldManager=${manager}&force=${force}&fieldValidation=Strict`;
    const path = `${await this.path(object)}?${fields}${dryRun ? '&dryRun=All' : ''}`;
    return this.#ask(`apply ${describe(object)}`, 'PATCH', path, object, APPLY_TYPE);
  }

  async get<T extends ApiObject>(reference: ObjectReference): Promise<T> {
    return this.#ask(`get ${describe(reference)}`, 'GET', await this.path(reference));
  }

  /** The object, or undefined when there is none. */
  async find<T extends ApiObject>(reference: ObjectReference): Promise<T | undefined> {
    return this.get<T>(reference).catch((error: unknown) => {
      if (error instanceof StatusError && error.status === 404) return undefined;
      throw error;
    });
  }

  /** @param path such as `/api/v1/namespaces/shop/pods?labelSelector=app%3Dx` */
  async list<T>(path: string): Promise<T[]> {
    const { items } = await this.#ask<{ items: T[] }>(`list ${path}`, 'GET', path);
    return items;
  }

  async read<T>(path: string): Promise<T> {
    return this.#ask(`read ${path}`, 'GET', path);
  }

  /** @param as a user and groups on whose behalf it is asked. */
  async create<T>(
    path: string,
    object: object,
    as?: { readonly user: string; readonly groups: readonly string[] },
  ): Promise<T> {
    const headers = as === undefined ? {} : { 'Impersonate-User': as.user, 'Impersonate-Group': [...as.groups] };
    return this.#ask(`create in ${path}`, 'POST', path, object, JSON_TYPE, headers);
  }

  async merge<T>(path: string, change: object): Promise<T> {
    return this.#ask(`change ${path}`, 'PATCH', path, change, MERGE_TYPE);
  }

  async delete(reference: ObjectReference, options: object = {}): Promise<void> {
    await this.#ask(`delete ${describe(reference)}`, 'DELETE', await this.path(reference), options);
  }

  /** Asks for a Pod to leave its node, which a disruption budget may forbid (429). */
  async evict(namespace: string, name: string): Promise<void> {
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
    await this.create(`/api/v1/namespaces/${namespace}/pods/${name}/eviction`, eviction);
  }

  /** Sees every change from `resourceVersion` on, in order. */
  watch<T>(path: string, resourceVersion: string, onEvent: (event: WatchEvent<T>) => void): Watch {
    const url = `${this.#server}${path}${path.includes('?') ? '&' : '?'}watch=true&resourceVersion=${resourceVersion}`;
    const watching = request(url, { agent: this.#agent });
    const ended = new Promise<void>((resolve) => {
      // A watch that is cut off says so by an error of each part of it.
      watching.on('error', () => resolve());
      watching.once('response', (response) => {
        response.on('error', () => resolve());
        createInterface({ input: response })
          .on('line', (line) => onEvent(JSON.parse(line) as WatchEvent<T>))
          .on('error', () => resolve())
          .once('close', resolve);
      });
    });
    watching.end();
    return {
      stop: async () => {
        watching.destroy();
        await ended;
      },
    };
  }

  /** Where an object is, whether it exists or not. */
  async path({ apiVersion, kind, metadata: { name, namespace } }: ObjectReference): Promise<string> {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const { name: resource, namespaced } = await this.#resource(root, kind);
    return `${root}${namespaced ? `/namespaces/${namespace ?? 'default'}` : ''}/${resource}/${encodeURIComponent(name)}`;
  }

  close(): void {
    this.#agent.destroy();
  }

  async #resource(root: string, kind: string): Promise<ApiResource> {
    const find = () =>
      this.#resources.get(root)?.find((resource) => resource.kind === kind && !resource.name.includes('/'));
    if (find() === undefined) {
      const { status, body } = await this.#send<{ resources: ApiResource[] }>('GET', root);
      if (status === 200) this.#resources.set(root, body.resources);
    }
    const found = find();
    if (found === undefined) throw new Error(`The API server knows no ${kind} of ${root}.`);
    return found;
  }

  async #ask<T>(
    attempt: string,
    method: string,
    path: string,
    body?: object,
    type = JSON_TYPE,
    headers: OutgoingHttpHeaders = {},
  ): Promise<T> {
    const answer = await this.#send<T>(method, path, body, { 'Content-Type': type, ...headers });
    if (answer.status >= 300) throw new StatusError(attempt, answer.status, answer.body);
    return answer.body;
  }

  async #send<T>(method: string, path: string, body?: object, headers: OutgoingHttpHeaders = {}): Promise<Answer<T>> {
    const content = body === undefined ? '' : JSON.stringify(body);
    // Said in so many words, since Node says nothing of a DELETE's content.
    const length = { 'Content-Length': Buffer.byteLength(content) };
    return new Promise((resolve, reject) => {
      const options = { method, agent: this.#agent, headers: { ...headers, ...length } };
      const asking = request(`${this.#server}${path}`, options, (response) => {
        text(response).then((answer) => {
          const isJson = response.headers['content-type']?.startsWith(JSON_TYPE) ?? false;
          resolve({ status: response.statusCode ?? 0, body: (isJson ? JSON.parse(answer) : answer) as T });
        }, reject);
      });
      asking.once('error', reject);
      asking.end(content);
    });
  }
}
