import assert from 'node:assert/strict';
import {
  CLUSTER_SERVICES,
  type ServiceChoice,
  type ServiceChoices,
} from '../../../components/cluster-services/names.ts';
import { planClusterServices } from '../../../components/cluster-services/plan.ts';
import { type ContainerRequests, REQUESTS, serviceLoad } from '../../../components/cluster-services/requests.ts';

const every = (choice: ServiceChoice) =>
  Object.fromEntries(CLUSTER_SERVICES.map((name) => [name, choice])) as ServiceChoices;
const NONE = { cpuMillis: 0, memoryMiB: 0 };

interface Asked {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly memory: string };
}

/** Every `resources` of a container anywhere in a chart's values; what a volume asks for is none. */
function askedIn(values: unknown): Asked[] {
  if (typeof values !== 'object' || values === null) return [];
  const found = values as Partial<Asked>;
  if (found.requests?.cpu !== undefined) return [values as Asked];
  return Object.values(values).flatMap(askedIn);
}

function inWords({ requests: { cpu, memory }, limits }: Asked): string {
  return `${cpu} ${memory} up to ${limits.memory}`;
}

const { releases } = planClusterServices({
  choices: every('install'),
  region: 'uk-south',
  clusterName: 'wedsync-uk-south',
  certManagerNamespace: 'cert-manager',
  monitoringNamespace: 'monitoring',
  prometheusUrl: undefined,
  falcoRules: {},
});

describe('what the services of a cluster ask for', () => {
  for (const name of CLUSTER_SERVICES) {
    it(`is what the charts of ${name} are told, no container more or less`, () => {
      const told = releases.filter(({ service }) => service === name).flatMap(({ values }) => askedIn(values));
      const declared = Object.values<ContainerRequests>(REQUESTS[name]).map(
        ({ cpuMillis, memoryMiB, limitMiB = 2 * memoryMiB }) =>
          inWords({
            requests: { cpu: `${cpuMillis}m`, memory: `${memoryMiB}Mi` },
            limits: { memory: `${limitMiB}Mi` },
          }),
      );
      assert.deepEqual(told.map(inWords).sort(), declared.sort());
    });
  }

  it('is counted a replica and a worker, and not for Jobs that end', () => {
    const only = (name: keyof ServiceChoices) => serviceLoad({ ...every('existing'), [name]: 'install' });
    assert.deepEqual(only('certManager'), {
      inAll: { cpuMillis: 2 * 3 * 25, memoryMiB: 2 * (128 + 64 + 192) },
      eachWorker: NONE,
    });
    assert.deepEqual(only('velero'), {
      inAll: { cpuMillis: 100, memoryMiB: 256 },
      eachWorker: { cpuMillis: 50, memoryMiB: 256 },
    });
    assert.deepEqual(only('falco'), {
      inAll: { cpuMillis: 2 * 10, memoryMiB: 2 * 32 },
      eachWorker: { cpuMillis: 100, memoryMiB: 512 },
    });
  });

  it('is nothing where the region installs none', () => {
    for (const choice of ['existing', 'absent'] as const)
      assert.deepEqual(serviceLoad(every(choice)), { inAll: NONE, eachWorker: NONE });
  });

  it('counts a replica for each that a chart is told of', () => {
    const counts = JSON.stringify(releases.map(({ values }) => values)).match(/"replica(s|Count)":\d+/g) ?? [];
    const replicas = counts.map((text) => Number(text.split(':')[1])).sort();
    const declared = CLUSTER_SERVICES.flatMap((name) => Object.values<ContainerRequests>(REQUESTS[name]))
      .flatMap(({ count }) => (typeof count === 'number' && count > 1 ? [count] : []))
      .sort();
    // Sidecars stand in Pods of others: no chart is told how many.
    const { configReloader, grafanaSidecar, prometheus, alertmanager } = REQUESTS.prometheus;
    assert.deepEqual([...replicas, configReloader.count, grafanaSidecar.count].sort(), declared);
    assert.equal(configReloader.count, prometheus.count + alertmanager.count);
  });
});
