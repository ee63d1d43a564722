import { matches } from '../kubernetes/labels.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import { type Workload, workloadsOf } from '../kubernetes/workload.ts';
import { type Finding, objection } from '../message.ts';
import { redisClusters, type RedisTopology } from '../redis/clusters.ts';
import type { Rule } from '../rule.ts';
import type { Field } from '../values/field.ts';

const ONE_AT_A_TIME = 'Set maxUnavailable to 1 in one budget over all Pods of the cluster.';

/**
 * Triggered by workloads with two Pods or more (Deployments, StatefulSets and ReplicaSets; the most that their autoscaler may ask
 * for), and by Redis Clusters: of those, one node at a time may be taken by a drain, since two could be a master and its replica.
 */
export function checkBudgets(objects: readonly KubernetesObject[]): Finding[] {
  const budgets = objects.filter(({ kind, group }) => kind === 'PodDisruptionBudget' && group === 'policy');
  const clusters = redisClusters(objects);
  const ofRedis = new Set(clusters.flatMap(({ sets }) => sets.map(({ object }) => object.urn)));
  return [
    ...workloadsOf(objects).flatMap((workload) => checkWorkload(workload, budgets, ofRedis.has(workload.object.urn))),
    ...clusters.flatMap((cluster) => checkCluster(cluster, budgets)),
  ];
}

function checkWorkload(workload: Workload, budgets: readonly KubernetesObject[], quorum: boolean): Finding[] {
  const { object, replicas = 0 } = workload;
  if (replicas < 2) return [];
  const own = budgets.filter((budget) => covers(budget, object.namespace, workload.labels));
  if (own.length === 0) {
    const labels = workload.pod.metadata.at('labels');
    const elsewhere = ({ namespace, fields }: KubernetesObject) =>
      namespace !== object.namespace && !fields.at('metadata', 'namespace').unknown;
    const near = budgets.filter((budget) => !elsewhere(budget));
    const deciding = near.flatMap((budget) => [budget.fields.at('metadata', 'namespace'), selectorOf(budget)]);
    if ([labels, ...deciding].some((field) => field.uncertain)) return [];
    return [
      {
        subject: object.title,
        field: 'its disruption budget',
        value: 'not set',
        problem: 'When machines are drained, all its Pods may be taken at once.',
        fix: 'Add a PodDisruptionBudget with maxUnavailable 1 that selects its Pods.',
        urn: object.urn,
      },
    ];
  }
  return quorum
    ? []
    : own
        .map((budget) => ({ budget, limit: limitOf(budget) }))
        .filter(({ limit }) => takenBy(limit, replicas) >= replicas)
        .map(({ budget, limit }) => ({
          ...objection(
            budget.title,
            limit,
            `All ${replicas} Pods of ${object.title} may be taken at once.`,
            'Set maxUnavailable to 1.',
          ),
          urn: budget.urn,
        }));
}

/** A budget for each shard would let a node of every shard go at once, and with three masters gone nobody votes. */
function checkCluster({ name, sets, nodes }: RedisTopology, budgets: readonly KubernetesObject[]): Finding[] {
  if (nodes.uncertain) return [];
  const own = budgets
    .map((budget) => {
      const covered = sets.filter(({ object, labels }) => covers(budget, object.namespace, labels));
      const pods = covered.reduce((sum, { object }) => sum + (object.fields.at('spec', 'replicas').number ?? 1), 0);
      return { budget, pods };
    })
    .filter(({ pods }) => pods > 0);
  const taken = own.reduce((sum, { budget, pods }) => sum + takenBy(limitOf(budget), pods), 0);
  const [first] = own;
  if (!first || taken <= 1) return [];
  return [
    {
      ...objection(
        first.budget.title,
        limitOf(first.budget),
        `${taken} of the ${nodes.nodes} nodes of the Redis Cluster ${name} may be taken at once, a master and its replica among them.`,
        ONE_AT_A_TIME,
      ),
      urn: first.budget.urn,
    },
  ];
}

function covers(budget: KubernetesObject, of: string, labels: Workload['labels']): boolean {
  const selector = selectorOf(budget);
  return budget.namespace === of && selector.isSet && matches(selector, labels);
}

function selectorOf({ fields }: KubernetesObject): Field {
  return fields.at('spec', 'selector');
}

/** The field of a budget that decides. */
function limitOf({ fields }: KubernetesObject): Field {
  const least = fields.at('spec', 'minAvailable');
  return least.isSet || least.unknown ? least : fields.at('spec', 'maxUnavailable');
}

/** How many of `pods` a budget lets go at once; none where that is not known yet. Percentages round up, as Kubernetes rounds them. */
function takenBy(limit: Field, pods: number): number {
  if (limit.unknown) return 0;
  const percent = /^(\d+)%$/.exec(limit.text ?? '')?.[1];
  const count = percent === undefined ? Number(limit.value ?? 0) : Math.ceil((Number(percent) * pods) / 100);
  const taken = limit.path.endsWith('minAvailable') ? pods - count : count;
  return Number.isNaN(taken) ? pods : Math.max(0, Math.min(pods, taken));
}

export const disruptionBudgets: Rule = {
  name: 'disruption-budgets',
  description: 'No drain of machines takes all Pods of a workload, or two nodes of a Redis Cluster.',
  checkStack: checkBudgets,
};
