/** How long a Pod takes to become ready, and to end: enough for a rolling update to be seen at work. */
const READY_MS = { durationMilliseconds: 200, jitterDurationMilliseconds: 800 };
const END_MS = { durationMilliseconds: 100, jitterDurationMilliseconds: 300 };

const CONDITIONS = `
{{ $now := Now }}
conditions:
{{ range $type := list "Initialized" "PodReadyToStartContainers" "ContainersReady" "Ready" }}
- lastTransitionTime: {{ $now | Quote }}
  status: "True"
  type: {{ $type | Quote }}
{{ end }}`;

const RUNNING = `
containerStatuses:
{{ range .spec.containers }}
- image: {{ .image | Quote }}
  name: {{ .name | Quote }}
  ready: true
  started: true
  restartCount: 0
  state: { running: { startedAt: {{ $now | Quote }} } }
{{ end }}
hostIP: {{ NodeIPWith .spec.nodeName | Quote }}
podIP: {{ PodIPWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) | Quote }}
phase: Running
startTime: {{ $now | Quote }}`;

const ENDED = `
{{ $now := Now }}
containerStatuses:
{{ range .spec.containers }}
- image: {{ .image | Quote }}
  name: {{ .name | Quote }}
  ready: false
  started: false
  restartCount: 0
  state: { terminated: { exitCode: 0, reason: Completed, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }} } }
{{ end }}
phase: Succeeded`;

const NODE_READY = `
{{ $now := Now }}
conditions:
{{ range NodeConditions }}
- lastHeartbeatTime: {{ $now | Quote }}
  lastTransitionTime: {{ $now | Quote }}
  message: {{ .message | Quote }}
  reason: {{ .reason | Quote }}
  status: {{ .status | Quote }}
  type: {{ .type | Quote }}
{{ end }}
phase: Running`;

const absent = (key: string) => ({ key, operator: 'DoesNotExist' });
const oneOf = (key: string, value: string) => ({ key, operator: 'In', values: [value] });

const stage = (name: string, kind: 'Node' | 'Pod', matchExpressions: object[], next: object, delay?: object) => ({
  apiVersion: 'kwok.x-k8s.io/v1alpha1',
  kind: 'Stage',
  metadata: { name },
  spec: { resourceRef: { apiGroup: 'v1', kind }, selector: { matchExpressions }, ...(delay && { delay }), next },
});

/** What kwok does in the place of kubelets: Pods start, Jobs end, and what is deleted goes after a moment. */
export const STAGES = [
  stage('node-ready', 'Node', [absent('.status.phase')], { statusTemplate: NODE_READY }),
  stage(
    'pod-ready',
    'Pod',
    [absent('.metadata.deletionTimestamp'), absent('.status.podIP')],
    { statusTemplate: CONDITIONS + RUNNING },
    READY_MS,
  ),
  stage(
    'pod-complete',
    'Pod',
    [
      absent('.metadata.deletionTimestamp'),
      oneOf('.status.phase', 'Running'),
      oneOf('.metadata.ownerReferences.[].kind', 'Job'),
    ],
    { statusTemplate: ENDED },
  ),
  stage(
    'pod-delete',
    'Pod',
    [{ key: '.metadata.deletionTimestamp', operator: 'Exists' }],
    { finalizers: { empty: true }, delete: true },
    END_MS,
  ),
];
