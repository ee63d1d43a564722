import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { PATHS } from '@wedsync/cache-engine/contract';
import { scrapedUnderTls } from '../shared/scraped-under-tls.ts';
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
        interval: '15s',
        ...scrapedUnderTls(tlsSecretName, serviceName(place)),
      },
    ],
  };
}
