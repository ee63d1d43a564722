import type { RegionConfig } from '../../config.ts';
import { prometheusAddress } from '../cluster-services/services/prometheus.ts';
import type { ConsoleFigures } from '../console/plan.ts';
import { SERVICE_PORT } from '../cache-service/plan.ts';
import { serviceName } from '../shared/service-names.ts';
import { PLACES } from './places.ts';

/**
 * What the console is planned from, its image aside. `undefined` where nobody says where a Prometheus answers under TLS: the operator asks none in the
 * clear, and without one has nothing to show.
 */
export function consoleFigures(config: RegionConfig): Omit<ConsoleFigures, 'image'> | undefined {
  const prometheusUrl = prometheusUrlOf(config);
  if (!prometheusUrl?.startsWith('https:')) return undefined;
  return {
    place: PLACES.operator,
    region: config.name,
    prometheusUrl,
    engineUrl: `https://${serviceName(PLACES.engine)}:${SERVICE_PORT}`,
    busyDays: config.busyTimes,
  };
}

function prometheusUrlOf({ clusterServices }: RegionConfig): string | undefined {
  const { choices, monitoringNamespace, prometheusUrl } = clusterServices;
  return { install: prometheusAddress(monitoringNamespace), existing: prometheusUrl, absent: undefined }[
    choices.prometheus
  ];
}
