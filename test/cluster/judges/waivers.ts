import type { Finding } from './findings.ts';

/** A finding that is accepted, and why. */
export interface Waiver {
  readonly judge: Finding['judge'];
  readonly check: string;
  /** The objects for which it is accepted, as `KIND/NAMESPACE/NAME`. */
  readonly objects: RegExp;
  /** The message for which it is accepted, where the check says more than one thing. */
  readonly message?: RegExp;
  readonly reason: string;
}

/** Redis' Pods, its keepers and what replaces them. */
const REDIS = /^\w+\/wedsync-redis\/redis-/;
const REDIS_NODES = /^StatefulSet\/wedsync-redis\/redis-/;
const ANY = /./;

const NO_CPU_LIMIT =
  'No limit of CPU, on purpose: it would throttle a Pod while its machine idles, which is latency on a wedding day. Requests share the CPU fairly.';
const REDIS_USER =
  "999 is the user of Redis' official image, to whom its files belong; it owns nothing on a machine whose Pods may not mount the machine's folders.";

export const WAIVERS: readonly Waiver[] = [
  { judge: 'checkov', check: 'CKV_K8S_11', objects: ANY, reason: NO_CPU_LIMIT },
  {
    judge: 'checkov',
    check: 'CKV_K8S_35',
    objects: REDIS,
    reason: 'redis-cli and the exporter take passwords from the environment; the engine reads its own from files.',
  },
  { judge: 'checkov', check: 'CKV_K8S_40', objects: REDIS, reason: REDIS_USER },
  {
    judge: 'checkov',
    check: 'CKV_K8S_9',
    objects: REDIS_NODES,
    reason: 'The exporter has no readiness probe: a Redis node whose metrics fail must not leave its Service.',
  },
  {
    judge: 'kube-score',
    check: 'container-resources',
    objects: ANY,
    message: /^([\w-]+: CPU limit is not set(; |$))+$/,
    reason: NO_CPU_LIMIT,
  },
  { judge: 'kube-score', check: 'container-security-context-user-group-id', objects: REDIS, reason: REDIS_USER },
  {
    judge: 'kube-score',
    check: 'container-image-pull-policy',
    objects: ANY,
    reason:
      'Images are named by digest, so that a copy on the machine is the very image; a restart on a Saturday must not wait for a registry.',
  },
  {
    judge: 'kube-score',
    check: 'container-ephemeral-storage-request-and-limit',
    objects: ANY,
    reason:
      'The LimitRange of each namespace gives both to a container that names neither; see components/security/quotas.ts.',
  },
  {
    judge: 'kube-score',
    check: 'networkpolicy-targets-pod',
    objects: /^NetworkPolicy\/(?!wedsync-)/,
    reason: "The Pods of the cluster's services come with their Helm releases, which are not among the manifests.",
  },
  {
    judge: 'kube-score',
    check: 'pod-probes-identical',
    objects: REDIS_NODES,
    reason:
      'Both ask for a PING, which is what Redis can say of itself; not ready after 20 seconds without an answer, restarted only after a minute.',
  },
];

/** What is left of the findings, and waivers that nothing needs any more. */
export function judged(
  findings: readonly Finding[],
  judge: Finding['judge'],
): { findings: Finding[]; unused: Waiver[] } {
  const waivers = WAIVERS.filter((waiver) => waiver.judge === judge);
  const used = new Set<Waiver>();
  const left = findings.filter((finding) => {
    const waiver = waivers.find((candidate) => accepts(candidate, finding));
    if (waiver !== undefined) used.add(waiver);
    return waiver === undefined;
  });
  return { findings: left, unused: waivers.filter((waiver) => !used.has(waiver)) };
}

function accepts({ check, objects, message = /^/ }: Waiver, finding: Finding): boolean {
  return check === finding.check && objects.test(finding.object) && message.test(finding.message);
}
