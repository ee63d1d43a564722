/** The operator's API as the pages call it. */
import {
  API,
  type Configuration,
  type ConfigurationChange,
  CONSOLE_HEADER,
  type EntriesPage,
  type Explanation,
  type History,
  type KeyDescription,
  type ProblemBody,
  type QueryRequest,
  type Receipt,
  type Removal,
  type Session,
  type Statistics,
} from '@wedsync/region-operator/wire';

/** What the operator said instead of an answer, or that it said nothing. */
export class Refusal extends Error {
  /** The HTTP status; 0 when there was no answer at all. */
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.name = 'Refusal';
    this.status = status;
  }

  /** Whether signing in would help. */
  get signedOut(): boolean {
    return this.status === 401;
  }
}

async function call<Answer>(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Answer> {
  const response = await fetch(path, {
    method,
    headers: { [CONSOLE_HEADER]: '1', ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Refusal(0, 'The console cannot reach its server. Is this machine connected?');
  });
  if (response.status === 204) return undefined as Answer;
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as Answer;
  const detail = (answer as Partial<ProblemBody> | undefined)?.detail;
  throw new Refusal(response.status, detail ?? `The server answered with status ${response.status} and no reason.`);
}

function at(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}

/** Which page of a vendor's entries. */
export interface EntriesWanted {
  readonly vendorId: string;
  readonly weddingId: string;
  readonly kind: string;
  readonly cursor: string | undefined;
}

/** Entries that one request brings: the most that the engine gives. */
const PAGE = 200;

export const api = {
  session: () => call<Session>('GET', API.session),
  signIn: (name: string, secret: string) => call<Session>('POST', API.session, { name, secret }),
  signOut: () => call<undefined>('DELETE', API.session),
  history: (minutes: number) => call<History>('GET', at(API.history, { minutes })),
  vendors: async () => (await call<{ keys: readonly KeyDescription[] }>('GET', API.vendors)).keys,
  entries: (wanted: EntriesWanted, signal: AbortSignal) =>
    call<EntriesPage>('GET', at(API.entries, { ...wanted, limit: PAGE }), undefined, signal),
  statistics: (vendorId: string) => call<Statistics>('GET', at(API.statistics, { vendorId })),
  explain: (query: QueryRequest) => call<Explanation>('POST', API.explanations, query),
  remove: (removal: Removal) => call<Receipt>('POST', API.invalidations, removal),
  configuration: () => call<Configuration>('GET', API.configuration),
  configure: (change: ConfigurationChange) => call<Configuration>('PATCH', API.configuration, change),
};
