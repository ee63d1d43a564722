import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HTTP_PORT } from '@wedsync/cache-engine/contract';
import {
  deploy,
  type DeployResult,
  fileStateStore,
  kubernetesObjects,
  type RunResult,
  stackPolicyConfig,
  strip,
} from '../engine/index.ts';
import { LocalMonitoring } from '../monitoring/monitoring.ts';
import { type ClusterStatus, LocalCluster } from '../pods/index.ts';
import type { EngineAddress } from './engines.ts';
import { folderImageBuilder } from './image.ts';
import { assertPortFree } from './port.ts';
import { type LocalConsole, openConsole } from './console.ts';
import { imageFolder, MACHINE, MACHINE_POLICIES, machineConfig, machineImages, type Origin } from './machine.ts';
import { PolicyViolationsError, ProgramFailedError } from './refusals.ts';

/** Where the engine lives in the region's graph. */
export const ENGINE = { namespace: 'wedsync-cache', name: 'cache-engine', tlsSecret: 'cache-engine-tls' } as const;
const HOST = '127.0.0.1';
const READY_TIMEOUT_MS = 90_000;
/** Redis refuses to end while it writes a first append-only file, and would otherwise take its whole grace period. */
const STOP_GRACE_MS = 5_000;

export interface RegionOptions {
  /** The repository. */
  readonly projectDir: string;
  readonly stack: string;
  /** Where the region keeps its state, its Pods' volumes and their logs. */
  readonly dataDir: string;
  /** Port on loopback at which the cache engine answers, and the console at the next one; 0 for any that are free. */
  readonly port: number;
  readonly origin: Origin | undefined;
  readonly signal: AbortSignal;
  readonly onStage: (stage: Stage) => void;
}

/** What a start has come to. */
export type Stage =
  | { readonly name: 'previewing' }
  | { readonly name: 'previewed'; readonly preview: RunResult }
  | { readonly name: 'updated'; readonly update: RunResult }
  | { readonly name: 'ready'; readonly status: ClusterStatus };

/** A region that runs on this machine: the program's own graph, its Pods as processes. */
export class LocalRegion {
  readonly url: string;
  readonly adminToken: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Prometheus and Alertmanager; `undefined` where the stack has none. */
  readonly monitoring: LocalMonitoring | undefined;
  /** The console; `undefined` where the stack has none. */
  readonly console: LocalConsole | undefined;
  readonly #cluster: LocalCluster;

  private constructor(
    cluster: LocalCluster,
    monitoring: LocalMonitoring | undefined,
    console: LocalConsole | undefined,
    outputs: Readonly<Record<string, unknown>>,
    url: string,
  ) {
    this.#cluster = cluster;
    this.monitoring = monitoring;
    this.console = console;
    this.outputs = outputs;
    this.url = url;
    this.adminToken = String(outputs['adminToken']);
  }

  /**
   * Previews the stack, lets the policies judge it, updates it, and runs what came of it until every Pod is ready.
   * On any error, or when the signal aborts, nothing is left running.
   *
   * @throws DataFolderBusyError, PortTakenError, DiskFullError, NotReadyError, ProgramFailedError, PolicyViolationsError, UserError
   */
  static async up(options: RegionOptions): Promise<LocalRegion> {
    const { dataDir, projectDir, signal } = options;
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const images = machineImages(projectDir);
    const cluster = await LocalCluster.open({
      dataDir,
      images,
      replicas: { maximum: MACHINE.replicas },
      signal,
    });
    let monitoring: LocalMonitoring | undefined;
    try {
      const consolePort = options.port === 0 ? 0 : options.port + 1;
      for (const port of [options.port, consolePort]) await assertPortFree(HOST, port);
      const update = await deployTo(options);
      const outputs = strip(update.outputs) as Record<string, unknown>;
      const objects = kubernetesObjects(update);
      await cluster.apply(objects);
      monitoring = LocalMonitoring.of({ cluster, objects, images, region: options.stack, dataDir });
      if (monitoring !== undefined) await cluster.apply(monitoring.beside(objects));
      await cluster.whenReady({ timeoutMs: READY_TIMEOUT_MS, signal });
      const edge = await cluster.expose({
        ...ENGINE,
        service: ENGINE.name,
        port: 443,
        host: HOST,
        listenPort: options.port,
        tls: { ca: () => authority(cluster), serverName: ENGINE.name },
      });
      const console = await openConsole(cluster, outputs, consolePort);
      options.onStage({ name: 'ready', status: cluster.status() });
      const region = new LocalRegion(cluster, monitoring, console, outputs, `http://${HOST}:${edge.port}`);
      writeFileSync(join(dataDir, 'admin-token'), region.adminToken, { mode: 0o600 });
      return region;
    } catch (error) {
      monitoring?.stop();
      await cluster.stop({ graceMs: STOP_GRACE_MS });
      // An interruption makes whatever was under way fail in its own words; what the user did is the reason.
      signal.throwIfAborted();
      throw error;
    }
  }

  /** The Pods, Services and Jobs, and what could not run here. */
  status(): ClusterStatus {
    return this.#cluster.status();
  }

  /** The engines that run, ready or not. */
  engines(): EngineAddress[] {
    const pods = this.status().pods.filter(
      (pod) => pod.namespace === ENGINE.namespace && pod.name.startsWith(`${ENGINE.name}-`) && pod.phase === 'Running',
    );
    return pods.map((pod) => ({ host: pod.ip, port: HTTP_PORT }));
  }

  /** The authority that signed the region's certificates, in PEM. */
  authority(): string {
    return authority(this.#cluster);
  }

  /** A value of one of the region's Secrets. */
  secret(namespace: string, name: string, key: string): string {
    return secretOf(this.#cluster, namespace, name, key);
  }

  /** Stops every Pod, gracefully; leaves no process. */
  async stop(): Promise<void> {
    this.monitoring?.stop();
    await this.#cluster.stop({ graceMs: STOP_GRACE_MS });
  }
}

function authority(cluster: LocalCluster): string {
  return secretOf(cluster, ENGINE.namespace, ENGINE.tlsSecret, 'ca.crt');
}

async function deployTo(options: RegionOptions): Promise<RunResult> {
  const { projectDir, stack, dataDir, origin, signal, onStage } = options;
  onStage({ name: 'previewing' });
  const policyPack = join(projectDir, 'policy-pack');
  const result: DeployResult = await deploy({
    projectDir,
    stack,
    policyPacks: [{ dir: policyPack, configFile: stackPolicyConfig(policyPack, stack), config: MACHINE_POLICIES }],
    // An emergency token is for a region's stack; a run on one machine must not use it up.
    environment: { WEDSYNC_FREEZE_TOKEN: '' },
    config: machineConfig(origin),
    imageBuilder: folderImageBuilder((repository) => imageFolder(projectDir, repository)),
    state: fileStateStore(join(dataDir, 'state')),
    signal,
    onPreviewed: (preview) => onStage({ name: 'previewed', preview }),
  });
  const last = result.update ?? result.preview;
  if (last.diagnostics.some(({ severity }) => severity === 'error')) throw new ProgramFailedError(last.diagnostics);
  if (!result.ok || result.update === undefined) throw new PolicyViolationsError(last.violations);
  onStage({ name: 'updated', update: result.update });
  return result.update;
}

function secretOf(cluster: LocalCluster, namespace: string, name: string, key: string): string {
  const value = cluster.read('Secret', namespace, name, key);
  if (value === undefined) throw new Error(`The Secret ${namespace}/${name} has no ${key}.`);
  return value;
}
