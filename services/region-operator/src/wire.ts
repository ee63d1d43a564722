/** What travels between the operator and the console. No code of either side is in here, so that the page can take it as it is. */
import type { ObjectiveName, RegionName, Season, TimeZone } from '@wedsync/domain';

export type {
  AdminReceipt as Receipt,
  Candidate,
  Configuration,
  ConfigurationChange,
  EntriesPage,
  Entry,
  Explanation,
  Figures as StatisticsFigures,
  Held,
  KeyDescription,
  QueryRequest,
  Statistics,
} from '@wedsync/cache-client';

/** Paths of the operator's API; every one but `session` wants a session. */
export const API = {
  session: '/api/session',
  events: '/api/events',
  history: '/api/history',
  vendors: '/api/vendors',
  entries: '/api/entries',
  statistics: '/api/statistics',
  explanations: '/api/explanations',
  invalidations: '/api/invalidations',
  configuration: '/api/configuration',
} as const;

/** Pages of the console, all served as the same document. */
export const PAGES = {
  overview: '/',
  objectives: '/objectives',
  board: '/board',
  entries: '/entries',
  savings: '/savings',
  configuration: '/configuration',
} as const;

/** What a request that changes something must carry: no form of another site can send it. */
export const CONSOLE_HEADER = 'x-wedsync-console';

/** The event that carries a `Snapshot`, and the one that says that events in between are lost. */
export const EVENTS = { snapshot: 'snapshot', gap: 'gap' } as const;

/** What somebody may do: look; also remove answers; also change settings. Each may do what the ones before may. */
export const ROLES = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Whether `role` includes what `needed` allows. */
export function allows(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** Who is signed in, and where. */
export interface Session {
  readonly name: string;
  readonly role: Role;
  readonly region: RegionName;
  readonly place: string;
  /** The zone of the region's calendar. */
  readonly zone: TimeZone;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** Seconds within which half, 95 % and 99 % of the answers came. */
export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** What one tier (or the origin, as `miss`) answers. */
export interface SourceFigures {
  readonly source: string;
  readonly perSecond: number;
  /** Of all answers that the cache may give, 0 to 1; null when there were none. */
  readonly share: number | null;
  /** The same over the season so far. */
  readonly seasonShare: number | null;
  /** Answers over the season so far, as far as Prometheus counted them; it reckons, so they need not be whole. */
  readonly seasonAnswers: number;
  readonly latency: Quantiles | null;
}

/** A Redis node as its exporter tells of it. */
export interface RedisNode {
  readonly name: string;
  readonly up: boolean;
  /** `master` or `slave`, in Redis' own words; null when it does not say. */
  readonly role: string | null;
  /** Whether the cluster serves every slot, as this node sees it; null when it does not say. */
  readonly clusterOk: boolean | null;
  readonly memoryBytes: number | null;
  readonly memoryLimitBytes: number | null;
  readonly clients: number | null;
}

/** How one promise is kept over 30 days. */
export interface ObjectiveFigures {
  readonly name: ObjectiveName | (string & {});
  /** What is promised, as a person says it. */
  readonly promise: string;
  /** The share that is to go well, 0 to 1. */
  readonly target: number;
  /** The share that did not; null when nothing was asked while it was promised. */
  readonly errorRatio: number | null;
  /** The share of the error budget that is left; below 0 the promise is broken. */
  readonly budgetLeft: number | null;
  /** Whether it is promised now, by the calendar; null when no rule says. */
  readonly promised: boolean | null;
}

/** How soon somebody must do something. */
export type Urgency = 'act' | 'look' | 'none';

/** An alert that fires now. */
export interface FiringAlert {
  readonly name: string;
  readonly urgency: Urgency;
  readonly severity: string;
  readonly summary: string;
  readonly description: string;
  readonly runbook: string | null;
  /** ISO 8601. */
  readonly since: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What Prometheus says about the region. Rates are those of the last minutes. */
export interface RegionFigures {
  /** When it was asked, ISO 8601. */
  readonly at: string;
  readonly requestsPerSecond: number | null;
  /** Hits of all answers that the cache may give, 0 to 1; null when there were none. */
  readonly hitRate: number | null;
  readonly seasonHitRate: number | null;
  readonly latency: Quantiles | null;
  readonly sources: readonly SourceFigures[];
  readonly errors: readonly { readonly status: string; readonly perSecond: number }[];
  readonly originCalls: readonly { readonly outcome: string; readonly perSecond: number }[];
  /** Circuit breakers of the ways to the origin, in the worst state that any engine has. */
  readonly breakers: readonly { readonly route: string; readonly state: string }[];
  /** Engines that were read, their hot tiers together, and those that do not reach Redis. */
  readonly engines: {
    readonly running: number;
    readonly withoutRedis: number;
    readonly hotEntries: number;
    readonly hotBytes: number;
  };
  readonly redis: readonly RedisNode[];
  readonly objectives: readonly ObjectiveFigures[];
  readonly alerts: readonly FiringAlert[];
  /** Whether rules are worked out at all: silence proves nothing otherwise. */
  readonly watched: boolean;
  /** Whether the rules take now for a wedding day; null when no rule says. */
  readonly weddingDay: boolean | null;
}

/** A day on which nothing may change. */
export interface FrozenTime {
  /** ISO 8601. */
  readonly from: string;
  readonly until: string;
  /** As a person reads it, by the region's clock. */
  readonly days: readonly { readonly date: string; readonly words: string; readonly why: string }[];
}

/** One look at the region. */
export interface Snapshot {
  /** ISO 8601. */
  readonly at: string;
  readonly season: {
    readonly name: Season;
    /** Since when its figures are counted, ISO 8601: its begin, or as far back as Prometheus remembers. */
    readonly countedFrom: string;
  };
  /** The freeze that holds now, and the next one. */
  readonly frozenNow: FrozenTime | null;
  readonly nextFrozen: FrozenTime;
  /** The latest figures that were heard; null while there are none. */
  readonly figures: RegionFigures | null;
  /** Why `figures` are not of now; null when they are. */
  readonly away: { readonly since: string; readonly reason: string } | null;
  readonly verdict: { readonly state: 'well' | 'look' | 'act' | 'unknown'; readonly reasons: readonly string[] };
}

/** One line of a chart: a value for each of the instants, null where there is none. */
export interface HistoryLine {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** What the charts begin with. */
export interface History {
  /** Epoch seconds, evenly spaced. */
  readonly instants: readonly number[];
  readonly requests: readonly HistoryLine[];
  readonly hitRate: readonly HistoryLine[];
  /** Seconds. */
  readonly latency: readonly HistoryLine[];
}

/** Which answers to remove, of one vendor. */
export type Removal =
  | { readonly by: 'key'; readonly vendorId: string; readonly key: string }
  | { readonly by: 'question'; readonly vendorId: string; readonly pattern: string };

/** An error as RFC 9457 has it. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}
