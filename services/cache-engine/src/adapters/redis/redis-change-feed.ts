import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Change, ChangeFeed, RemovalReport } from '../../ports/change-feed.ts';
import type { ClusterConnections } from './cluster.ts';
import { ChangeLog, RECORDED } from './feed/change-log.ts';
import { Presence } from './feed/presence.ts';
import { Receipts, REPORTED } from './feed/receipts.ts';
import { WakeUps } from './feed/wake-ups.ts';

/** Milliseconds between beats, and between looks at the log when no message comes. */
const TICK = 500;

/** Milliseconds between looks for reports when no message comes. */
const LOOK_FOR_REPORTS = 100;

/**
 * The change feed in the cache's Redis Cluster: a log that every engine reads on from where it was, and a channel that wakes it.
 * The log decides what an engine is told and in which order; the channel only how soon.
 */
export class RedisChangeFeed implements ChangeFeed {
  readonly engine: string;
  readonly #log: ChangeLog;
  readonly #presence: Presence;
  readonly #receipts: Receipts;
  readonly #wakeUps: WakeUps;
  readonly #whenReady = Promise.withResolvers<void>();
  readonly #changeListeners: ((change: Change) => void)[] = [];
  readonly #gapListeners: (() => void)[] = [];
  readonly #timer: NodeJS.Timeout;
  #reported = Promise.withResolvers<void>();
  #position: string | undefined;
  #following = false;
  #followAgain = false;
  #beating = false;
  #closed = false;

  /**
   * Begins to follow the log.
   * @param name what the engine's name begins with.
   */
  constructor(cluster: ClusterConnections, name = hostname()) {
    this.engine = `${name}-${randomBytes(4).toString('hex')}`;
    this.#log = new ChangeLog(cluster);
    this.#presence = new Presence(cluster);
    this.#receipts = new Receipts(cluster);
    this.#wakeUps = new WakeUps(
      cluster,
      (message) => this.#woken(message),
      () => this.#follow(),
    );
    this.#timer = setInterval(() => this.#tick(), TICK);
    void cluster.ready.then(() => this.#tick());
  }

  /** Resolves when this engine is told of changes. */
  get ready(): Promise<void> {
    return this.#whenReady.promise;
  }

  publish(change: Change): Promise<void> {
    return this.#log.record(change);
  }

  onChange(listener: (change: Change) => void): void {
    this.#changeListeners.push(listener);
  }

  onGap(listener: () => void): void {
    this.#gapListeners.push(listener);
  }

  acknowledge(receipt: string, report: Omit<RemovalReport, 'engine'>): Promise<void> {
    return this.#receipts.add(receipt, { engine: this.engine, ...report });
  }

  async reports(receipt: string, milliseconds: number): Promise<readonly RemovalReport[]> {
    const end = performance.now() + milliseconds;
    let known: readonly RemovalReport[] = [];
    for (;;) {
      const woken = this.#reported.promise;
      const left = () => Math.max(1, end - performance.now());
      try {
        const [reports, engines] = await Promise.all([
          this.#receipts.list(receipt, left()),
          this.#presence.list(left()),
        ]);
        known = reports;
        const names = new Set(known.map(({ engine }) => engine));
        if (engines.every((engine) => names.has(engine))) return known;
      } catch {
        // Redis may be back before the time is over.
      }
      if (performance.now() >= end) return known;
      await Promise.race([woken, delay(Math.min(LOOK_FOR_REPORTS, left()))]);
    }
  }

  engines(): Promise<readonly string[]> {
    return this.#presence.list();
  }

  /** Leaves the region. Resolves when the other engines know, or cannot be told. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#wakeUps.close();
    await this.#presence.leave(this.engine).catch(() => {});
  }

  #tick(): void {
    if (this.#closed) return;
    this.#wakeUps.tend();
    this.#follow();
    void this.#beat();
  }

  async #beat(): Promise<void> {
    if (this.#beating) return;
    this.#beating = true;
    await this.#presence.beat(this.engine).catch(() => {});
    this.#beating = false;
    // A beat that was under way when the engine left has brought it back.
    if (this.#closed) await this.#presence.leave(this.engine).catch(() => {});
  }

  #woken(message: string): void {
    if (message === RECORDED) this.#follow();
    if (message !== REPORTED) return;
    this.#reported.resolve();
    this.#reported = Promise.withResolvers();
  }

  /** Reads on, one look at a time; a call during a look leads to another one after it. */
  #follow(): void {
    this.#followAgain = true;
    if (this.#following || this.#closed) return;
    this.#following = true;
    void this.#readOn();
  }

  async #readOn(): Promise<void> {
    try {
      while (this.#followAgain && !this.#closed) {
        this.#followAgain = false;
        if (this.#position === undefined) await this.#join();
        else await this.#readAfter(this.#position);
      }
    } catch {
      // The position stays; the next tick looks again.
    } finally {
      this.#following = false;
    }
  }

  async #join(): Promise<void> {
    this.#position = await this.#log.join(this.engine);
    await this.#presence.beat(this.engine);
    // Of what was recorded earlier nothing is told.
    for (const listener of this.#gapListeners) listener();
    this.#whenReady.resolve();
  }

  async #readAfter(position: string): Promise<void> {
    const following = await this.#log.after(position);
    if (this.#closed) return;
    this.#position = following.position;
    // Without a position the engine joins again, and there is a gap when it has: of what comes after that it is told.
    if (following.position === undefined) return this.#join();
    this.#followAgain ||= following.more;
    if (following.gap) for (const listener of this.#gapListeners) listener();
    for (const change of following.changes) for (const listener of this.#changeListeners) listener(change);
  }
}
