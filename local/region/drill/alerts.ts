import { setTimeout as delay } from 'node:timers/promises';

/** Always fires: it says that alerts arrive. */
const WATCHDOG = 'RegionWatchdog';
const LOOK_MS = 2000;

/** The alerts of a Prometheus, over time. */
export class AlertWatch {
  readonly #url: string;
  readonly #seen = new Set<string>();

  constructor(prometheusUrl: string) {
    this.#url = prometheusUrl;
  }

  /** The names of all alerts that were seen firing since `forget`, in order. */
  get seen(): readonly string[] {
    return [...this.#seen].sort();
  }

  forget(): void {
    this.#seen.clear();
  }

  /** The names of the alerts that fire now, but for the one that always does. */
  async firing(): Promise<string[]> {
    const response = await fetch(`${this.#url}/api/v1/alerts`);
    const { data } = (await response.json()) as {
      data: { alerts: { state: string; labels: { alertname: string; severity: string } }[] };
    };
    const names = data.alerts
      .filter(({ state, labels }) => state === 'firing' && labels.alertname !== WATCHDOG)
      .map(({ labels }) => labels.alertname);
    for (const name of names) this.#seen.add(name);
    return [...new Set(names)].sort();
  }

  /**
   * Looks until `reached` says so of the alerts that fire. Gives back the seconds that it took, or `undefined` when `withinSeconds` passed
   * before.
   */
  async until(
    reached: (firing: readonly string[]) => boolean,
    withinSeconds: number,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    const began = performance.now();
    for (;;) {
      const seconds = (performance.now() - began) / 1000;
      if (reached(await this.firing())) return Math.round(seconds);
      if (seconds > withinSeconds) return undefined;
      await delay(LOOK_MS, undefined, { signal });
    }
  }
}
