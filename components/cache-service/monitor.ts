import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { PATHS } from '@wedsync/cache-engine/contract';
import { type Place, serviceName } from '../shared/service-names.ts';
import { ENGINE_PORT_NAME } from './engine-pod.ts';

/** How Prometheus reads an engine's metrics: over TLS, under the region's own authority. */
export function engineMonitor(
  place: Place,
  selector: Record<string, string>,
  tlsSecretName: string,
): NonNullable<IServiceMonitor['spec']> {
  return {
    selector: { matchLabels: selector },
    endpoints: [
      {
        port: ENGINE_PORT_NAME,
        path: PATHS.metrics,
        scheme: 'https',
        interval: '15s',
        tlsConfig: {
          ca: { secret: { name: tlsSecretName, key: 'ca.crt' } },
          serverName: serviceName(place),
          minVersion: 'TLS13',
        },
      },
    ],
  };
}
