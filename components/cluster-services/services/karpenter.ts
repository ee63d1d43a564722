import { KARPENTER_ACCOUNT } from '../../cluster/node-scaling.ts';
import type { ServiceFacts, ServicePlan } from '../release.ts';
import { REQUESTS } from '../requests.ts';
import { resources } from '../values.ts';
import { MONITOR_DEFINITIONS } from './prometheus.ts';

const { namespace, serviceAccount } = KARPENTER_ACCOUNT;
const METRICS_PORT = 8080;
const DEFINITIONS = 'karpenter-definitions';
/** charts/karpenter and charts/karpenter-crd of github.com/aws/karpenter-provider-aws, tag v1.14.1. */
const VERSION = '1.14.1';

/** Karpenter, which adds workers to EKS when Pods wait for one, and takes them away again. */
export function karpenter({ clusterName, monitors }: ServiceFacts): ServicePlan {
  return {
    namespaces: [{ name: namespace, level: 'restricted', ports: [METRICS_PORT] }],
    releases: [
      {
        // A release of its own, since Helm renews no definition of a chart's own folder.
        service: 'karpenter',
        name: DEFINITIONS,
        chart: 'oci://public.ecr.aws/karpenter/karpenter-crd',
        version: VERSION,
        namespace,
        after: [],
        values: {},
      },
      {
        service: 'karpenter',
        name: 'karpenter',
        chart: 'oci://public.ecr.aws/karpenter/karpenter',
        version: VERSION,
        namespace,
        after: [DEFINITIONS, MONITOR_DEFINITIONS],
        skipCrds: true,
        values: {
          replicas: REQUESTS.karpenter.controller.count,
          serviceAccount: { name: serviceAccount },
          // The queue of warnings has the cluster's name.
          settings: { clusterName, interruptionQueue: clusterName },
          controller: { resources: resources(REQUESTS.karpenter.controller) },
          serviceMonitor: { enabled: monitors },
        },
      },
    ],
  };
}
