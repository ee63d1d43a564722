import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';
import { ApiClient } from '../api/client.ts';
import { type Keys, makeKeys } from './keys.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { Processes } from './processes.ts';
import { program } from './programs.ts';

const READY_TIMEOUT_MS = 90_000;
const POLL_MS = 100;
const SERVICE_ADDRESSES = '10.96.0.0/16';

/** A real Kubernetes control plane of its own on the loopback address, for which no rights are needed. */
export class ControlPlane {
  readonly api: ApiClient;
  /** By which the administrator reaches the API server. */
  readonly kubeconfig: string;
  /** For files that belong to this control plane; removed with it. */
  readonly folder: string;
  readonly #server: string;
  readonly #keys: Keys;
  readonly #processes: Processes;

  private constructor(folder: string, server: string, keys: Keys, processes: Processes) {
    this.folder = folder;
    this.#server = server;
    this.#keys = keys;
    this.#processes = processes;
    this.kubeconfig = writeKubeconfig(join(folder, 'admin.json'), server, keys.authority, keys.admin);
    this.api = new ApiClient(server, keys.authority, keys.admin);
  }

  /** Starts etcd and the API server alone: nothing changes an object but who applies it. Resolves when both are ready. */
  static async start(): Promise<ControlPlane> {
    const folder = mkdtempSync(join(tmpdir(), 'wedsync-cluster-'));
    const processes = await Processes.enter(folder);
    try {
      const keys = await makeKeys(folder);
      const [etcd, peer, port] = await Promise.all([freePort(), freePort(), freePort()]);
      processes.start('etcd', etcdCommand(folder, etcd, peer));
      processes.start('kube-apiserver', apiServerCommand(keys, etcd, port));
      const plane = new ControlPlane(folder, `https://127.0.0.1:${port}`, keys, processes);
      await plane.ready();
      return plane;
    } catch (error) {
      await processes.stop();
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Starts what reconciles: the controllers and the scheduler. */
  async startControllers(): Promise<void> {
    const [controllers, scheduling] = await Promise.all([freePort(), freePort()]);
    const { controllerManager, scheduler, serviceAccounts, authority } = this.#keys;
    const config = (name: string, user: Keys['admin']) =>
      writeKubeconfig(join(this.folder, `${name}.json`), this.#server, authority, user);
    const common = (kubeconfig: string, port: number) => [
      ...[`--kubeconfig=${kubeconfig}`, `--authentication-kubeconfig=${kubeconfig}`],
      ...[`--authorization-kubeconfig=${kubeconfig}`, '--leader-elect=false', '--bind-address=127.0.0.1'],
      `--secure-port=${port}`,
    ];
    this.start('kube-controller-manager', [
      program('kube-controller-manager'),
      ...common(config('controller-manager', controllerManager), controllers),
      ...[`--service-account-private-key-file=${serviceAccounts.key}`, `--root-ca-file=${authority}`],
      '--use-service-account-credentials',
      // A busy machine, on which kwok comes late, must not look like dead workers.
      '--node-monitor-grace-period=30m',
      // One machine, many Pods at once: the usual limits are for a control plane that many share.
      ...['--kube-api-qps=300', '--kube-api-burst=600', '--concurrent-deployment-syncs=10'],
    ]);
    this.start('kube-scheduler', [
      program('kube-scheduler'),
      ...common(config('scheduler', scheduler), scheduling),
      ...['--kube-api-qps=300', '--kube-api-burst=600'],
    ]);
    await this.until('the default service account', async () =>
      this.api.find({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'default' } }),
    );
  }

  start(name: string, argv: readonly string[]): void {
    this.#processes.start(name, argv);
  }

  /** Asks until the answer is neither undefined nor false. @param what is waited for, for the message. */
  async until<T>(what: string, ask: () => Promise<T | undefined | false>, timeoutMs = READY_TIMEOUT_MS): Promise<T> {
    const end = performance.now() + timeoutMs;
    for (;;) {
      this.#processes.assertRunning();
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      if (performance.now() > end) throw new Error(`Waited ${timeoutMs / 1000} s for ${what}.`);
      await sleep(POLL_MS);
    }
  }

  async stop(): Promise<void> {
    this.api.close();
    await this.#processes.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    await this.until('the API server', () => this.api.isReady());
  }
}

/** A port of the loopback address that this process gives to nobody else meanwhile. */
function freePort(): Promise<number> {
  return getPort({ host: '127.0.0.1' });
}

function etcdCommand(folder: string, port: number, peer: number): string[] {
  const [clients, peers] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peer}`];
  return [
    ...[program('etcd'), `--data-dir=${join(folder, 'etcd')}`],
    ...[`--listen-client-urls=${clients}`, `--advertise-client-urls=${clients}`],
    ...[`--listen-peer-urls=${peers}`, `--initial-advertise-peer-urls=${peers}`, `--initial-cluster=default=${peers}`],
    '--unsafe-no-fsync', // its data need not outlive it
  ];
}

function apiServerCommand(keys: Keys, etcd: number, port: number): string[] {
  const { authority, apiServer, serviceAccounts } = keys;
  return [
    ...[program('kube-apiserver'), `--etcd-servers=http://127.0.0.1:${etcd}`],
    ...['--bind-address=127.0.0.1', '--advertise-address=127.0.0.1', `--secure-port=${port}`],
    ...['--endpoint-reconciler-type=none', `--service-cluster-ip-range=${SERVICE_ADDRESSES}`],
    ...[`--client-ca-file=${authority}`, `--tls-cert-file=${apiServer.certificate}`],
    `--tls-private-key-file=${apiServer.key}`,
    ...[
      `--service-account-key-file=${serviceAccounts.publicKey}`,
      `--service-account-signing-key-file=${serviceAccounts.key}`,
    ],
    '--service-account-issuer=https://kubernetes.default.svc',
    '--authorization-mode=Node,RBAC',
    // Only Pod Security is to refuse privileged containers, as in every cluster that has node agents.
    '--allow-privileged=true',
  ];
}
