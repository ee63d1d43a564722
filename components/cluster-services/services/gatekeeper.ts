import type { ServicePlan } from '../release.ts';
import { REQUESTS } from '../requests.ts';
import { resources, spread } from '../values.ts';

const NAMESPACE = 'gatekeeper-system';
const WEBHOOK_PORT = 8443;
const METRICS_PORT = 8888;
const { controllerManager, audit } = REQUESTS.gatekeeper;

/**
 * Gatekeeper, which repeats the policies at admission. When none of its three replicas answers within three seconds the API server
 * goes on without it: a Pod that replaces a dead one must not wait for a policy, and the audit finds later what slipped through.
 */
export function gatekeeper(): ServicePlan {
  return {
    namespaces: [
      {
        name: NAMESPACE,
        level: 'restricted',
        ports: [WEBHOOK_PORT, METRICS_PORT],
        // It does not judge itself: it could not come back from a policy that forbids it.
        labels: { 'admission.gatekeeper.sh/ignore': 'no-self-managing' },
      },
    ],
    releases: [
      {
        service: 'gatekeeper',
        name: 'gatekeeper',
        chart: 'gatekeeper',
        repository: 'https://open-policy-agent.github.io/gatekeeper/charts',
        // Tag v3.23.0 of github.com/open-policy-agent/gatekeeper.
        version: '3.23.0',
        namespace: NAMESPACE,
        after: [],
        values: {
          replicas: controllerManager.count,
          pdb: { controllerManager: { minAvailable: 2 } },
          validatingWebhookFailurePolicy: 'Ignore',
          validatingWebhookTimeoutSeconds: 3,
          // A freeze must hold for deletions too.
          enableDeleteOperations: true,
          disableMutation: true,
          enableExternalData: false,
          auditInterval: 300,
          constraintViolationsLimit: 100,
          logDenies: true,
          emitAdmissionEvents: true,
          emitAuditEvents: true,
          upgradeCRDs: { enabled: true },
          // The program labels the namespace itself.
          postInstall: { labelNamespace: { enabled: false } },
          // The program sets the quota of its namespaces itself.
          resourceQuota: false,
          controllerManager: {
            resources: resources(controllerManager),
            topologySpreadConstraints: spread({ 'control-plane': 'controller-manager' }),
          },
          audit: { resources: resources(audit) },
        },
      },
    ],
  };
}
