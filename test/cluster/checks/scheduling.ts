import assert from 'node:assert/strict';
import type { ApiObject } from '../api/objects.ts';
import { countBy, type Pod, untilServing } from '../nodes/pods.ts';
import { ZONES } from '../nodes/workers.ts';
import type { StackContext } from './context.ts';
import { engineOf, shardsOf } from './workloads.ts';

const ZONE_LABEL = 'topology.kubernetes.io/zone';

/** A zone may be short of its even share by this much at most: spread is what the scheduler prefers, not a condition. */
const ZONE_SKEW = 0.1;

interface Node extends ApiObject {
  readonly metadata: ApiObject['metadata'] & { readonly labels: Readonly<Record<string, string>> };
}

/** The season's peak on the season's workers, placed by the real scheduler with the Pods' real requests. */
export function checkScheduling(context: StackContext): void {
  const zoneOf = async () => {
    const nodes = await context.plane.api.list<Node>('/api/v1/nodes');
    const zones = new Map(nodes.map(({ metadata }) => [metadata.name, metadata.labels[ZONE_LABEL]]));
    return ({ spec }: Pod) => zones.get(spec.nodeName ?? '') ?? '';
  };

  it('places every node of Redis, a master and its replica never on one worker, nor in one zone where the region has some', async () => {
    const zone = await zoneOf();
    assert.ok(shardsOf(context).length >= 6);
    for (const shard of shardsOf(context)) {
      const { name, namespace } = shard.metadata;
      const replicas = shard.spec.replicas ?? 1;
      const pods = await untilServing(context.plane, namespace, shard.spec.selector.matchLabels, replicas);
      assert.equal(replicas, 2, name);
      if (spreadsOverZones(shard)) assert.equal(new Set(pods.map(zone)).size, replicas, name);
      assert.equal(new Set(pods.map(({ spec }) => spec.nodeName)).size, replicas, name);
    }
  });

  it("places the season's most engines on the season's workers, evenly over zones", async () => {
    const engine = engineOf(context);
    const { namespace, name } = engine.metadata;
    const { engineReplicas, workers } = context.rendered['every service'].figures;
    const replicas = engineReplicas.maximum;
    const zone = await zoneOf();
    await context.plane.api.merge(`/apis/apps/v1/namespaces/${namespace}/deployments/${name}/scale`, {
      spec: { replicas },
    });
    const pods = await untilServing(context.plane, namespace, engine.spec.selector.matchLabels, replicas);

    const byZone = countBy(pods, zone);
    assert.equal(byZone.size, ZONES.length);
    const [least, most] = [Math.min(...byZone.values()), Math.max(...byZone.values())];
    assert.ok(most - least <= ZONE_SKEW * replicas, `by zone: ${JSON.stringify([...byZone])}`);
    const byNode = countBy(pods, ({ spec }) => spec.nodeName ?? '');
    assert.equal(byNode.size, workers.maximum, `by worker: ${JSON.stringify([...byNode])}`);
  });
}

/** Whether a shard must lie in several zones: not in a region whose place has none. */
function spreadsOverZones({ spec }: ReturnType<typeof shardsOf>[number]): boolean {
  const { topologySpreadConstraints = [] } = spec.template.spec;
  return topologySpreadConstraints.some(
    ({ topologyKey, whenUnsatisfiable }) => topologyKey === ZONE_LABEL && whenUnsatisfiable === 'DoNotSchedule',
  );
}
