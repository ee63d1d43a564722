import assert from 'node:assert/strict';
import {
  type CloudPlatform,
  defaultPlace,
  KEY_ROTATION_DAYS,
  KUBERNETES_VERSIONS,
  PLATFORMS,
  placesFor,
  REGION_NAMES,
  type RegionName,
  SEASONS,
  workerBounds,
} from '@wedsync/domain';
import { planCluster } from '../../../components/cluster/plan.ts';
import { loadPlatform } from '../../../components/cluster/platform.ts';
import { serviceLoad } from '../../../components/cluster-services/requests.ts';
import { demand } from '../../../components/region/capacity.ts';
import { clusterFigures } from '../../../components/region/cluster-figures.ts';
import { Region } from '../../../components/region/region.ts';
import { loadConfig, type RegionConfig } from '../../../config.ts';
import { record, type RecordedResource } from '../../support/pulumi/mocks.ts';
import { stackConfig } from '../../support/stacks.ts';
import { aksFacts } from './clouds/aks.ts';
import { eksFacts } from './clouds/eks.ts';
import { type ClusterFacts, Findings, type Made } from './clouds/facts.ts';
import { gkeFacts } from './clouds/gke.ts';

const FACTS = { aks: aksFacts, eks: eksFacts, gke: gkeFacts };
const CLOUD_PACKAGE = { aks: 'azure-native:', eks: 'aws:', gke: 'gcp:' };
const TOKEN_COMMAND = { aks: 'kubelogin', eks: 'aws', gke: 'gke-gcloud-auth-plugin' };
const AUDIT_LOG = { aks: 'kube-audit', eks: 'audit', gke: 'audit' };
const DRIVER = { aks: 'disk.csi.azure.com', eks: 'ebs.csi.aws.com', gke: 'pd.csi.storage.gke.io' };
const ADMINS = {
  aks: '0b0c8f6e-4a8b-4a57-9b3c-1d2e3f405162',
  eks: 'arn:aws:iam::123456789012:role/platform',
  gke: 'group:platform@example.com',
  existing: 'anybody',
};
const CLOUDS = PLATFORMS.filter((platform): platform is CloudPlatform => platform !== 'existing');

interface Run {
  readonly config: RegionConfig;
  readonly resources: readonly RecordedResource[];
  readonly made: readonly Made[];
}

/** Makes a region on a platform against mocks, and keeps what Pulumi itself was told beside the inputs. */
async function make(
  stack: RegionName,
  platform: (typeof PLATFORMS)[number],
  changes: Record<string, unknown> = {},
): Promise<Run> {
  const told = new Map<string, Pick<Made, 'protect' | 'ignoreChanges'>>();
  const given = {
    'wedsync:platform': platform,
    'wedsync:clusterAdmins': [ADMINS[platform]],
    'wedsync:kubeconfig': 'a kubeconfig',
    ...changes,
  };
  const { resources, result } = await record(stack, stackConfig(stack, given), async () => {
    const config = loadConfig();
    const loaded = await loadPlatform(config.cluster.platform);
    new Region(
      config.name,
      { config, platform: loaded, version: '1.2.3' },
      {
        transformations: [
          ({ type, name, opts }) => {
            const { protect, ignoreChanges } = opts as { protect?: boolean; ignoreChanges?: string[] };
            told.set(`${type} ${name}`, { protect: protect === true, ignoreChanges: ignoreChanges ?? [] });
            return undefined;
          },
        ],
      },
    );
    return config;
  });
  const made = resources.flatMap((resource) => {
    const options = told.get(`${resource.type} ${resource.name}`);
    return options === undefined ? [] : [{ ...resource, ...options }];
  });
  return { config: result, resources, made };
}

function providerOf(resources: readonly RecordedResource[]): Record<string, unknown> {
  const providers = resources.filter(({ type }) => type === 'pulumi:providers:kubernetes');
  assert.equal(providers.length, 1);
  return providers[0]?.inputs as Record<string, unknown>;
}

function cloudsOf(resources: readonly RecordedResource[]): string[] {
  const ofClouds = resources.map(({ type }) => Object.values(CLOUD_PACKAGE).find((name) => type.startsWith(name)));
  return [...new Set(ofClouds.filter((name) => name !== undefined))];
}

interface Kubeconfig {
  readonly clusters: [{ readonly cluster: Record<string, string> }];
  readonly users: [
    { readonly user: { readonly exec: { readonly command: string; readonly args: readonly string[] } } },
  ];
}

function unwrapped(value: unknown): string {
  return typeof value === 'string' ? value : String((value as { value?: unknown } | undefined)?.value);
}

for (const stack of REGION_NAMES) {
  for (const platform of CLOUDS) {
    describe(`${stack} on ${platform}`, () => {
      let run: Run;
      let facts: ClusterFacts;
      let kubeconfig: Kubeconfig;

      before(async () => {
        run = await make(stack, platform);
        facts = FACTS[platform](new Findings(run.made));
        kubeconfig = JSON.parse(unwrapped(providerOf(run.resources)['kubeconfig'])) as Kubeconfig;
      });

      it('makes resources of its own cloud and of no other', () => {
        assert.deepEqual(cloudsOf(run.resources), [CLOUD_PACKAGE[platform]]);
      });

      it("lies where the law of its couples' data holds", () => {
        assert.equal(facts.location, defaultPlace(stack, platform).location);
        assert.ok(placesFor(stack, platform).some(({ location }) => location === facts.location));
      });

      it('asks its cloud for that place whatever whoever deploys is used to', () => {
        const providers = run.resources.filter(({ type }) => /^pulumi:providers:(aws|gcp)$/.test(type));
        assert.deepEqual(
          providers.map(({ inputs }) => inputs['region'] as string),
          platform === 'aks' ? [] : [facts.location],
        );
      });

      it('runs Kubernetes of 1.30 or later', () => {
        assert.equal(facts.version, KUBERNETES_VERSIONS.made);
        assert.ok(Number(facts.version.split('.')[1]) >= 30);
      });

      it('has an API server and workers that the internet does not reach', () => {
        assert.ok(facts.privateApi && facts.privateWorkers);
      });

      it('has as many workers as its season wants, spread over all zones of its place', () => {
        const sum = (of: 'minimum' | 'maximum') => facts.pools.reduce((total, pool) => total + pool[of], 0);
        const bounds = workerBounds(run.config.workers, run.config.season);
        assert.deepEqual({ minimum: sum('minimum'), maximum: sum('maximum') }, bounds);
        const { zones } = defaultPlace(stack, platform);
        assert.deepEqual(
          facts.pools.map(({ zone }) => zone),
          zones.length === 0 ? [undefined] : zones,
        );
        assert.ok(facts.pools.every(({ minimum, maximum }) => maximum > 0 && minimum <= maximum));
      });

      it('has workers of the machine that fills its pool', () => {
        const { machine } = planCluster(platform, clusterFigures(run.config));
        assert.deepEqual([...new Set(facts.pools.map((each) => each.machine))], [machine.type]);
      });

      it('has room on the fewest workers of any season, and on the most, for what then runs there', () => {
        const { machine } = planCluster(platform, clusterFigures(run.config));
        const { inAll, eachWorker } = serviceLoad(run.config.clusterServices.choices);
        assert.ok(inAll.cpuMillis > 0 && eachWorker.cpuMillis > 0);
        for (const season of SEASONS)
          for (const end of ['minimum', 'maximum'] as const) {
            const count = workerBounds(run.config.workers, season)[end];
            const { cpuMillis, memoryMiB } = demand(run.config, season, end);
            const cores = (cpuMillis + inAll.cpuMillis) / 1000 + (count * eachWorker.cpuMillis) / 1000;
            const gibibytes = (memoryMiB + inAll.memoryMiB + count * eachWorker.memoryMiB) / 1024;
            // A tenth is the system's.
            assert.ok(
              cores < count * machine.cpu * 0.9 && gibibytes < count * machine.memoryGiB * 0.9,
              `${season} ${end}`,
            );
          }
      });

      it('never takes a worker away by an update', () => {
        assert.ok(facts.pools.every(({ countLeftAlone }) => countLeftAlone));
      });

      it('encrypts every disk, and secrets under a key that rotates every month and cannot be lost by accident', () => {
        assert.ok(facts.pools.every(({ encryptedDisk }) => encryptedDisk));
        for (const key of [facts.secretsKey, ...facts.keys]) {
          assert.ok(key.rotationDays > 0 && key.rotationDays <= KEY_ROTATION_DAYS, `${key.rotationDays} days`);
          assert.ok(key.protect);
        }
      });

      it('gives Pods identities of the cloud', () => {
        assert.ok(facts.workloadIdentity);
      });

      it('logs every request to the API server', () => {
        assert.ok(facts.auditLogs.includes(AUDIT_LOG[platform]), facts.auditLogs.join(', '));
      });

      it('is deleted neither by the cloud nor by Pulumi', () => {
        assert.ok(facts.deletionProtection && facts.protect);
      });

      it('enforces NetworkPolicies, and lets nobody in by a credential that was handed out once', () => {
        assert.ok(facts.networkPolicies && facts.noStaticCredentials);
      });

      it('is renewed by the cloud far from any Saturday', () => {
        // EKS renews nothing by itself.
        assert.equal(facts.maintenanceDays.length > 0, platform !== 'eks');
        assert.ok(
          facts.maintenanceDays.every((day) => ['Tuesday', 'Wednesday'].includes(day)),
          facts.maintenanceDays.join(),
        );
      });

      it('has fast, encrypted volumes that grow, and takes them for its own', () => {
        assert.deepEqual(facts.storage, { driver: DRIVER[platform], fast: true, encrypted: true });
        const { metadata, ...storageClass } = new Findings(run.made).storageClass();
        assert.equal(storageClass['allowVolumeExpansion'], true);
        assert.equal(storageClass['volumeBindingMode'], 'WaitForFirstConsumer');
        assert.match(JSON.stringify(metadata), /is-default-class":"true"/);
      });

      it('is reached by a token that is asked for, never by one that lies about', () => {
        const [{ cluster }] = kubeconfig.clusters;
        assert.match(cluster['server'] ?? '', /^https:\/\//);
        assert.ok(cluster['certificate-authority-data']);
        const [{ user }] = kubeconfig.users;
        assert.deepEqual(Object.keys(user), ['exec']);
        assert.equal(user.exec.command, TOKEN_COMMAND[platform]);
        assert.doesNotMatch(user.exec.args.join(' '), /devicecode/);
      });

      it('lets in the people whom the stack names', () => {
        assert.ok(JSON.stringify(run.made.map(({ inputs }) => inputs)).includes(ADMINS[platform]));
      });
    });
  }

  describe(`${stack} on a cluster that is there already`, () => {
    it('makes nothing of any cloud, and reaches the cluster as the stack says', async () => {
      const { resources } = await make(stack, 'existing', { 'wedsync:kubeContext': 'mine' });
      assert.deepEqual(cloudsOf(resources), []);
      const provider = providerOf(resources);
      assert.equal(unwrapped(provider['kubeconfig']), 'a kubeconfig');
      assert.equal(provider['context'], 'mine');
      assert.equal(
        resources.some(({ type }) => type.endsWith(':StorageClass')),
        false,
      );
    });

    it('changes ConfigMaps and Secrets in place, so that no Pod finds them gone', async () => {
      const { resources } = await make(stack, 'existing');
      const { enableConfigMapMutable, enableSecretMutable } = providerOf(resources);
      // A provider is told what is no text as JSON.
      assert.deepEqual([enableConfigMapMutable, enableSecretMutable].map(String), ['true', 'true']);
    });
  });
}

describe('a figure that no machine meets', () => {
  it('is refused before anything is made', async () => {
    await assert.rejects(
      make('uk-south', 'eks', { 'wedsync:networkGbps': 400 }),
      /eks has no machine of 400 Gbit\/s with 11 cores and 43 GiB, .* that leaves 6 cores and 30 GiB to Pods, .* Raise wedsync:workers/,
    );
  });
});
