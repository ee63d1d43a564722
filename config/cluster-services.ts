import type { Platform } from '@wedsync/domain';
import {
  CLUSTER_SERVICES,
  type ClusterServiceName,
  SERVICE_CHOICES,
  type ServiceChoice,
  type ServiceChoices,
} from '../components/cluster-services/names.ts';
import type { Settings } from './settings.ts';
import { invalid, namespace, optionalText, parsed } from './values.ts';

/** Where the services come from on which a region builds. */
export interface ClusterServicesConfig {
  readonly choices: ServiceChoices;
  /** Where Prometheus runs, or shall run. */
  readonly monitoringNamespace: string;
  /** Where the Prometheus answers that the cluster has already. */
  readonly prometheusUrl: string | undefined;
}

const SETTING = 'clusterServices';
const URL_SETTING = 'prometheusUrl';
const KARPENTER_PLATFORM: Platform = 'eks';

/**
 * Reads `wedsync:clusterServices`, such as `{ keda: existing }`. A cluster that the region makes gets whatever it does not
 * name; one that exists already has cert-manager and is otherwise left alone.
 */
export function clusterServices(settings: Settings, platform: Platform): ClusterServicesConfig {
  const given = parsed(settings, SETTING) ?? {};
  if (typeof given !== 'object' || Array.isArray(given))
    throw invalid(settings, SETTING, given, 'services and where they come from, such as { keda: existing }');
  const unknown = Object.keys(given).find((name) => !CLUSTER_SERVICES.includes(name as ClusterServiceName));
  if (unknown !== undefined)
    throw invalid(settings, SETTING, { [unknown]: 'given' }, `only these names: ${CLUSTER_SERVICES.join(', ')}`);
  const named = given as Readonly<Record<string, unknown>>;
  const choices = Object.fromEntries(
    CLUSTER_SERVICES.map((name) => [name, choice(settings, name, named[name] ?? usual(name, platform))]),
  ) as Record<ClusterServiceName, ServiceChoice>;
  if (choices.karpenter === 'install' && platform !== KARPENTER_PLATFORM)
    throw invalid(
      settings,
      `${SETTING}.karpenter`,
      choices.karpenter,
      `existing or absent on the platform ${platform}`,
    );
  const prometheusUrl = url(settings);
  const hasUrl = choices.prometheus === 'install' || (choices.prometheus === 'existing' && prometheusUrl !== undefined);
  if (choices.openCost === 'install' && !hasUrl) {
    throw invalid(
      settings,
      `${SETTING}.openCost`,
      choices.openCost,
      `existing or absent, unless ${SETTING}.prometheus is install, or existing with ${settings.nameOf(URL_SETTING)}: OpenCost reads Prometheus`,
    );
  }
  return { choices, monitoringNamespace: namespace(settings, 'monitoringNamespace'), prometheusUrl };
}

function usual(name: ClusterServiceName, platform: Platform): ServiceChoice {
  // The other clouds add workers by themselves, and how an existing cluster does is not the region's business.
  if (name === 'karpenter') return platform === KARPENTER_PLATFORM ? 'install' : 'absent';
  if (platform !== 'existing') return 'install';
  return name === 'certManager' ? 'existing' : 'absent';
}

function choice(settings: Settings, name: ClusterServiceName, value: unknown): ServiceChoice {
  // Every connection inside the region is under a certificate of cert-manager's.
  const allowed = SERVICE_CHOICES.filter((word) => !(name === 'certManager' && word === 'absent'));
  const found = allowed.find((word) => word === value);
  if (found === undefined) throw invalid(settings, `${SETTING}.${name}`, value, allowed.join(', '));
  return found;
}

/** With http:// the region has no console: see components/region/console-figures.ts. */
function url(settings: Settings): string | undefined {
  const value = optionalText(settings, URL_SETTING);
  if (value === undefined) return undefined;
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol))
    throw invalid(settings, URL_SETTING, value, 'an http:// or https:// URL, or empty');
  return value.replace(/\/+$/, '');
}
