import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findImage } from '../pods/images.ts';
import type { ImageCatalog, KubernetesObject, LocalCluster } from '../pods/index.ts';
import {
  monitoringFiles,
  type MonitoringFiles,
  prometheusConfiguration,
  ruleFile,
  targetsOf,
} from './configuration.ts';
import { ALERTMANAGER, monitoringPods, PROMETHEUS } from './pods.ts';
import { type Scrape, scrapesOf } from './scrapes.ts';

/** What the Prometheus operator turns into configuration. */
const OPERATOR_KINDS: readonly string[] = ['PrometheusRule', 'ServiceMonitor'];
/** How soon Prometheus learns of a Pod that came or went. */
const LOOK_MS = 1000;

export interface LocalMonitoringOptions {
  readonly cluster: LocalCluster;
  /** What the program made: its own objects, ServiceMonitors and PrometheusRules among them. */
  readonly objects: readonly KubernetesObject[];
  readonly images: ImageCatalog;
  readonly region: string;
  /** Where the region keeps its data. */
  readonly dataDir: string;
}

/** The key under which the operator looks for Alertmanager's configuration. */
const ALERTMANAGER_KEY = 'alertmanager.yaml';

/** Alertmanager's configuration, from the Secret of the namespace that has it. */
function alertmanagerConfiguration(
  cluster: LocalCluster,
  objects: readonly KubernetesObject[],
  namespace: string,
): string {
  const secrets = objects.filter(({ kind, metadata }) => kind === 'Secret' && metadata.namespace === namespace);
  const texts = secrets.map(({ metadata }) => cluster.read('Secret', namespace, metadata.name, ALERTMANAGER_KEY));
  const text = texts.find((one) => one !== undefined);
  if (text === undefined) throw new Error(`No Secret of the namespace ${namespace} has ${ALERTMANAGER_KEY}.`);
  return text;
}

/** Stands for the Prometheus operator on this machine: the same scrapes and rules, by a real Prometheus and Alertmanager. */
export class LocalMonitoring {
  /** Where Prometheus answers; `undefined` where it does not run. */
  get prometheusUrl(): string | undefined {
    return this.#url(PROMETHEUS);
  }

  /** Where Alertmanager answers; `undefined` where it does not run. */
  get alertmanagerUrl(): string | undefined {
    return this.#url(ALERTMANAGER);
  }

  readonly #cluster: LocalCluster;
  readonly #namespace: string;
  readonly #scrapes: readonly Scrape[];
  readonly #files: MonitoringFiles;
  readonly #written = new Map<string, string>();
  readonly #timer: NodeJS.Timeout;

  private constructor({ cluster, objects, images, region, dataDir }: LocalMonitoringOptions, namespace: string) {
    const folder = join(dataDir, 'monitoring');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#cluster = cluster;
    this.#namespace = namespace;
    this.#files = monitoringFiles(folder);
    this.#scrapes = scrapesOf(objects, (image) => findImage(images, image)?.unavailable === undefined);
    this.#write(this.#files.rules, JSON.stringify(ruleFile(objects)));
    this.#write(this.#files.prometheus, JSON.stringify(prometheusConfiguration(region, this.#scrapes, this.#files)));
    this.#write(this.#files.alertmanager, alertmanagerConfiguration(cluster, objects, namespace));
    this.#look();
    this.#timer = setInterval(() => this.#look(), LOOK_MS).unref();
  }

  /**
   * Writes what Prometheus is to know, and keeps it true. The region's own objects must have been applied, since their certificates are
   * read. Gives back `undefined` where the program made no rules.
   */
  static of(options: LocalMonitoringOptions): LocalMonitoring | undefined {
    const rules = options.objects.find(({ kind }) => kind === 'PrometheusRule');
    const namespace = rules?.metadata.namespace;
    return namespace === undefined ? undefined : new LocalMonitoring(options, namespace);
  }

  /** The region's objects with Prometheus and Alertmanager beside them, in place of what only their operator reads. */
  beside(objects: readonly KubernetesObject[]): KubernetesObject[] {
    const own = objects.filter(({ kind }) => !OPERATOR_KINDS.includes(kind));
    return [...own, ...monitoringPods(this.#namespace, this.#files)];
  }

  /** Looks at the Pods no more. */
  stop(): void {
    clearInterval(this.#timer);
  }

  /** Writes the addresses and certificates that changed. */
  #look(): void {
    const { pods } = this.#cluster.status();
    this.#scrapes.forEach((scrape, index) => {
      this.#write(this.#files.targets(index), JSON.stringify(targetsOf(scrape, pods)));
      const { authority } = scrape;
      if (authority === undefined) return;
      const { namespace, secret, key } = authority;
      const certificate = this.#cluster.read('Secret', namespace, secret, key);
      if (certificate !== undefined) this.#write(this.#files.authority(authority), certificate);
    });
    const alertmanager = this.#pod(ALERTMANAGER.name);
    const targets = alertmanager === undefined ? [] : [{ targets: [`${alertmanager.ip}:${ALERTMANAGER.port}`] }];
    this.#write(this.#files.targets('alertmanager'), JSON.stringify(targets));
  }

  /** Whole or not at all: Prometheus reads whenever it is told of a change. */
  #write(file: string, text: string): void {
    if (this.#written.get(file) === text) return;
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    this.#written.set(file, text);
  }

  #pod(name: string) {
    return this.#cluster
      .status()
      .pods.find((pod) => pod.namespace === this.#namespace && pod.name === `${name}-0` && pod.phase === 'Running');
  }

  #url({ name, port }: { readonly name: string; readonly port: number }): string | undefined {
    const pod = this.#pod(name);
    return pod && `http://${pod.ip}:${port}`;
  }
}
