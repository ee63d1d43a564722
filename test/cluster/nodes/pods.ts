import type { ApiObject } from '../api/objects.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';

export interface Pod extends ApiObject {
  readonly spec: {
    readonly nodeName?: string;
    readonly containers: readonly { readonly resources?: { readonly requests?: Readonly<Record<string, string>> } }[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
  };
}

/** Labels by which Pods are chosen. */
export type Selector = Readonly<Record<string, string>>;

export function podsPath(namespace: string, selector: Selector): string {
  const labels = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
  return `/api/v1/namespaces/${namespace}/pods?labelSelector=${encodeURIComponent(labels.join(','))}`;
}

/** Ready to serve, and not about to go. */
export function isServing({ metadata, status }: Pod): boolean {
  const ready = status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True');
  return ready === true && metadata.deletionTimestamp === undefined;
}

/** Waits until exactly `count` of the Pods serve; when they don't, says what the scheduler has against the others. */
export async function untilServing(
  plane: ControlPlane,
  namespace: string,
  selector: Selector,
  count: number,
): Promise<Pod[]> {
  let pods: Pod[] = [];
  const wanted = `${count} Pods with ${JSON.stringify(selector)} in ${namespace}`;
  try {
    return await plane.until(wanted, async () => {
      pods = await plane.api.list<Pod>(podsPath(namespace, selector));
      return pods.length === count && pods.every(isServing) && pods;
    });
  } catch (error) {
    const waiting = pods.filter((pod) => !isServing(pod));
    const reasons = waiting.flatMap(({ status }) => status?.conditions?.flatMap(({ message }) => message ?? []) ?? []);
    const said = [...new Set(reasons)].join('\n');
    throw new Error(`${(error as Error).message} There are ${pods.length}, ${waiting.length} wait.\n${said}`, {
      cause: error,
    });
  }
}

/** How many of the Pods each value of `of` has. */
export function countBy(pods: readonly Pod[], of: (pod: Pod) => string): ReadonlyMap<string, number> {
  return new Map([...Map.groupBy(pods, of)].map(([key, group]) => [key, group.length]));
}
