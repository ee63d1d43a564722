import type { Clock, TimeZone } from '@wedsync/domain';
import { priorityOf } from './engine/admission/priority.ts';
import { Answering, type Answered } from './engine/answering.ts';
import { Catalogue } from './engine/catalogue.ts';
import { Explaining } from './engine/explanation.ts';
import { HotTier } from './engine/hot-tier.ts';
import { Follower } from './engine/invalidation/follower.ts';
import { Invalidation } from './engine/invalidation/invalidation.ts';
import { Removals } from './engine/invalidation/removals.ts';
import { Rescheduling } from './engine/invalidation/rescheduling.ts';
import { Lifetimes } from './engine/lifetimes.ts';
import { RouteLog } from './engine/route-log.ts';
import { SavingsBook } from './engine/savings/savings-book.ts';
import { TenantKeys } from './engine/sealing/tenant-keys.ts';
import { Questions } from './engine/semantic/questions.ts';
import { Resolver } from './engine/semantic/resolver.ts';
import { Sampler } from './engine/semantic/sampling.ts';
import { SettingsBook } from './engine/settings.ts';
import { Shelf } from './engine/shelf.ts';
import { SharedScope } from './engine/tenancy/shared-scope.ts';
import { Tiering } from './engine/tiering.ts';
import { Transfer } from './engine/transfer.ts';
import { Vault } from './engine/vault.ts';
import { VendorDirectory } from './engine/vendor-directory.ts';
import { WeddingDates } from './engine/wedding-dates.ts';
import { FastPath } from './http/fast-path.ts';
import { Metrics, type RouteName } from './http/metrics.ts';
import { Readiness } from '@wedsync/service-kit/readiness';
import type { Services } from './http/services.ts';
import type { ChangeFeed } from './ports/change-feed.ts';
import type { ColdTier } from './ports/cold-tier.ts';
import type { DataKeyStore, KeyEncryption } from './ports/data-keys.ts';
import type { Embedder } from './ports/embedder.ts';
import type { Judge } from './ports/judge.ts';
import type { Ledger } from './ports/ledger.ts';
import type { Origin } from './ports/origin.ts';
import type { SettingsStore } from './ports/settings-store.ts';
import type { Sightings } from './ports/sightings.ts';
import type { Tracer } from './ports/tracer.ts';
import type { VectorIndex } from './ports/vector-index.ts';
import type { VendorKeys } from './ports/vendor-keys.ts';
import type { WarmTier } from './ports/warm-tier.ts';
import type { Weddings } from './ports/weddings.ts';

/** What stands behind the engine's ports. */
export interface Adapters {
  readonly warm: WarmTier;
  readonly cold?: ColdTier | undefined;
  readonly feed: ChangeFeed;
  readonly vendorKeys: VendorKeys;
  readonly dataKeys: DataKeyStore;
  readonly keyEncryption: KeyEncryption;
  readonly sightings: Sightings;
  readonly ledger: Ledger;
  readonly weddings: Weddings;
  readonly settings: SettingsStore;
  readonly origin: Origin;
  /** How it stands with the ways to the origin; without it nothing is told of them. */
  readonly routes?: RouteLog | undefined;
  /** Without an embedder and an index there are hits by key only. */
  readonly semantic?: { readonly embedder: Embedder; readonly index: VectorIndex } | undefined;
  readonly judge?: Judge | undefined;
  readonly tracer?: Tracer | undefined;
  readonly clock: Clock;
  /** A number from 0 up to 1, evenly drawn. */
  readonly random: () => number;
}

/** What a region sets. */
export interface EngineFigures {
  readonly zone: TimeZone;
  readonly hotBytes: number;
  readonly adminToken: string;
}

/** The engine without its server, and what has to be done beside the requests. */
export interface Engine {
  readonly services: Services;
  readonly hot: HotTier;
  readonly savings: SavingsBook;
  readonly sampler: Sampler;
  /** Moves seldom used answers to the cold tier; `undefined` without one. */
  readonly tiering: Tiering | undefined;
}

/** Puts the engine together from whatever stands behind its ports. */
export function composeEngine(adapters: Adapters, { zone, hotBytes, adminToken }: EngineFigures): Engine {
  const { warm, cold, feed, origin, judge, semantic, ledger, clock, random } = adapters;
  const hot = new HotTier(hotBytes, clock);
  const removals = new Removals();
  const settings = new SettingsBook(adapters.settings);
  const keys = new TenantKeys({ store: adapters.dataKeys, encryption: adapters.keyEncryption, clock });
  const vault = new Vault(keys);
  const questions = semantic && new Questions({ warm, vault, index: semantic.index });
  const invalidation = new Invalidation({ warm, cold, feed, vault, keys, clock });
  const sampler = new Sampler({
    judge,
    rate: () => settings.current.sampleRate,
    random,
    revoke: async (alias, frame, pair) => {
      metrics.revoked();
      // Or it would be found anew as it was found before.
      resolver?.refute(pair);
      await invalidation.revoke(alias, frame);
    },
    textOf: async (target, frame) => questions?.textOf(target, frame),
  });
  const metrics = new Metrics({
    hotBytes: () => hot.bytes,
    hotSize: () => hot.size,
    warmUp: () => warm.up,
    falseHits: () => sampler.falseHits,
    routes: adapters.routes ?? new RouteLog(),
  });
  const savings = new SavingsBook({ ledger, clock, zone });
  const shelf = new Shelf({ hot, warm, cold, vault, removals, clock, observer: metrics });
  const weddingDates = new WeddingDates(adapters.weddings);
  const lifetimes = new Lifetimes({ clock, zone, weddings: weddingDates, random });
  const resolver =
    semantic &&
    questions &&
    new Resolver({
      questions,
      embedder: semantic.embedder,
      judge,
      policy: () => settings.current,
      clock,
      observer: metrics,
    });
  const sharing = new SharedScope(adapters.sightings, () => settings.current.sharingVendors);
  const answering = new Answering({
    ...{ hot, shelf, removals, origin, lifetimes, resolver, sampler, questions, sharing, settings, feed, clock },
    observer: metrics,
  });
  new Follower({
    ...{ feed, hot, shelf, removals, keys, questions, resolver },
    weddings: weddingDates,
    onConfigured: () => void settings.refresh(),
  });
  const readiness = new Readiness();
  const fastPath = new FastPath({ answering, clock, open: () => readiness.state !== 'draining' });
  const served = (answered: Answered, route: RouteName, partition: string, seconds: number, trace?: string) => {
    metrics.answered(answered, route, seconds, trace);
    savings.count(partition, answered, seconds);
  };
  const services: Services = {
    ...{
      answering,
      fastPath,
      origin,
      clock,
      invalidation,
      feed,
      ledger,
      settings,
      metrics,
      readiness,
      adminToken,
      served,
    },
    keys: adapters.vendorKeys,
    tracer: adapters.tracer,
    urgency: (context) => priorityOf(context, clock.now(), zone),
    directory: new VendorDirectory(adapters.vendorKeys, clock),
    rescheduling: new Rescheduling({ warm, cold, feed, vault, weddings: adapters.weddings, lifetimes }),
    explaining: new Explaining({ hot, warm, vault, resolver, lifetimes, clock }),
    catalogue: new Catalogue(warm, vault),
    transfer: new Transfer(warm, vault, clock),
  };
  const tiering = cold && new Tiering({ hot, warm, cold, vault, shelf, removals, clock, zone, random });
  return { services, hot, savings, sampler, tiering };
}
