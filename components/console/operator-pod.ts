import type { core } from '@pulumi/kubernetes/types/input.js';
import type { Input } from '@pulumi/pulumi';
import type { CalendarDate, RegionName } from '@wedsync/domain';
import { DRAIN_SECONDS, ENVIRONMENT, HTTP_PORT, PATHS } from '@wedsync/region-operator/contract';
import { RESTRICTED_CONTAINER, restrictedPod } from '../shared/pod-security.ts';
import { spreadPods } from '../shared/pod-spread.ts';
import { PRIORITY } from '../shared/priority-classes.ts';
import type { Place } from '../shared/service-names.ts';

/** The user that the image's Dockerfile makes. */
const OPERATOR_UID = 10001;
/** How long a Pod that is about to stop goes on serving, while the news reaches every load balancer. */
const LEAVE_SECONDS = 5;
export const OPERATOR_PORT_NAME = 'https';

const TLS_DIRECTORY = '/etc/wedsync/tls';
const SECRETS_DIRECTORY = '/etc/wedsync/secrets';
/** Where the image has the console. */
const CONSOLE_DIRECTORY = '/app/console';

/** A slow hash of a password takes 128 MiB, and two may run at once. */
const RESOURCES = { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } };

/** Keys of the operator's Secret. */
export const SECRET_KEYS = { adminToken: 'admin-token', accounts: 'accounts', sessionKey: 'session-key' } as const;

export interface OperatorPodFigures {
  readonly place: Place;
  readonly region: RegionName;
  /** Image by digest. */
  readonly image: Input<string>;
  /** Where Prometheus answers, under TLS. */
  readonly prometheusUrl: string;
  /** Where the cache engine answers, under a certificate of the region's authority. */
  readonly engineUrl: string;
  /** Days that are kept as Saturdays are, with how many times an average day's weddings. */
  readonly busyDays: ReadonlyMap<CalendarDate, number>;
  readonly selector: Record<string, string>;
  readonly secretName: string;
  readonly tlsSecretName: string;
}

/** The Pod of the region's operator. */
export function operatorPod(figures: OperatorPodFigures): core.v1.PodSpec {
  const { place, selector, secretName, tlsSecretName } = figures;
  return {
    serviceAccountName: place.name,
    priorityClassName: PRIORITY.operator,
    automountServiceAccountToken: false,
    securityContext: restrictedPod(OPERATOR_UID),
    terminationGracePeriodSeconds: LEAVE_SECONDS + DRAIN_SECONDS + 5,
    topologySpreadConstraints: spreadPods(selector),
    containers: [
      {
        name: place.name,
        image: figures.image,
        env: environment(figures),
        ports: [{ name: OPERATOR_PORT_NAME, containerPort: HTTP_PORT }],
        resources: RESOURCES,
        securityContext: RESTRICTED_CONTAINER,
        startupProbe: { ...get(PATHS.liveness), periodSeconds: 1, failureThreshold: 30 },
        readinessProbe: { ...get(PATHS.readiness), periodSeconds: 3, failureThreshold: 2 },
        livenessProbe: { ...get(PATHS.liveness), periodSeconds: 10, failureThreshold: 3 },
        lifecycle: { preStop: { exec: { command: ['sleep', String(LEAVE_SECONDS)] } } },
        volumeMounts: [
          { name: 'tls', mountPath: TLS_DIRECTORY, readOnly: true },
          { name: 'secrets', mountPath: SECRETS_DIRECTORY, readOnly: true },
        ],
      },
    ],
    volumes: [
      { name: 'tls', secret: { secretName: tlsSecretName, defaultMode: 0o440 } },
      { name: 'secrets', secret: { secretName, defaultMode: 0o440 } },
    ],
  };
}

function get(path: string): core.v1.Probe {
  return { httpGet: { path, port: OPERATOR_PORT_NAME, scheme: 'HTTPS' }, timeoutSeconds: 2 };
}

function environment({ region, prometheusUrl, engineUrl, busyDays }: OperatorPodFigures): core.v1.EnvVar[] {
  const secret = (key: string) => `${SECRETS_DIRECTORY}/${key}`;
  const values: Partial<Record<keyof typeof ENVIRONMENT, string>> = {
    port: String(HTTP_PORT),
    tlsDirectory: TLS_DIRECTORY,
    ...{ region, prometheusUrl, engineUrl },
    prometheusCa: `${TLS_DIRECTORY}/ca.crt`,
    engineCa: `${TLS_DIRECTORY}/ca.crt`,
    adminTokenFile: secret(SECRET_KEYS.adminToken),
    accountsFile: secret(SECRET_KEYS.accounts),
    sessionKeyFile: secret(SECRET_KEYS.sessionKey),
    consoleDirectory: CONSOLE_DIRECTORY,
    ...(busyDays.size > 0 && {
      busyDays: [...busyDays].map(([date, times]) => `${date}=${times.toFixed(2)}`).join(','),
    }),
  };
  return [
    { name: ENVIRONMENT.host, valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    ...Object.entries(values).map(([key, value]) => ({ name: ENVIRONMENT[key as keyof typeof ENVIRONMENT], value })),
  ];
}
