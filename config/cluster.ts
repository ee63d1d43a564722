import { log, type Output } from '@pulumi/pulumi';
import {
  type CloudPlace,
  defaultPlace,
  KUBERNETES_VERSIONS,
  type Platform,
  PLATFORMS,
  placesFor,
  type RegionName,
} from '@wedsync/domain';
import type { Settings } from './settings.ts';
import { integer, invalid, matching, oneOf, optionalText, parsed } from './values.ts';

/** Where a region's Kubernetes comes from. */
export interface ClusterConfig {
  readonly platform: Platform;
  readonly place: CloudPlace;
  /** Of a cluster that is made its version, of one that is there already the oldest that will do. */
  readonly kubernetesVersion: string;
  /** Zones among the workers; 1 also where there are none. */
  readonly zones: number;
  /** Who may do anything in a cluster that is made, by the cloud's own names for them. */
  readonly admins: readonly string[];
  readonly gcpProject: string | undefined;
  readonly kubeconfig: Output<string> | undefined;
  readonly kubeContext: string | undefined;
}

const VERSION = /^1\.\d\d$/;
const PROJECT = /^([a-z][a-z0-9-]{4,28}[a-z0-9])?$/;
/** What each cloud calls those who may be let in. */
const ADMIN: Readonly<Record<Exclude<Platform, 'existing'>, { readonly form: RegExp; readonly words: string }>> = {
  aks: { form: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, words: 'object ids of Entra ID groups' },
  eks: { form: /^arn:aws:iam::\d{12}:(role|user)\/\S+$/, words: 'ARNs of IAM roles' },
  gke: { form: /^(user|group|serviceAccount):\S+@\S+$/, words: 'members such as group:platform@example.com' },
};

/** Reads what makes or finds the cluster: `wedsync:platform`, `location`, `zones`, `kubernetesVersion` and what goes with them. */
export function clusterConfig(settings: Settings, region: RegionName): ClusterConfig {
  const platform = oneOf(settings, 'platform', PLATFORMS);
  const place = placeOf(settings, region, platform);
  return {
    platform,
    place,
    kubernetesVersion: versionOf(settings, platform),
    zones: zonesOf(settings, platform, place),
    admins: adminsOf(settings, platform),
    gcpProject: matching(settings, 'gcpProject', PROJECT, "a project's id, or empty") || undefined,
    kubeconfig: settings.getSecret('kubeconfig'),
    kubeContext: optionalText(settings, 'kubeContext'),
  };
}

function placeOf(settings: Settings, region: RegionName, platform: Platform): CloudPlace {
  const location = optionalText(settings, 'location');
  if (location === undefined || platform === 'existing') return defaultPlace(region, platform);
  const places = placesFor(region, platform);
  const found = places.find((place) => place.location === location);
  if (found !== undefined) return found;
  const allowed = places.map((place) => place.location).join(', ');
  throw invalid(
    settings,
    'location',
    location,
    `${allowed} (where the law of ${region} holds and ${platform} is), or empty`,
  );
}

function versionOf(settings: Settings, platform: Platform): string {
  const { least, made } = KUBERNETES_VERSIONS;
  if (optionalText(settings, 'kubernetesVersion') === undefined) return platform === 'existing' ? least : made;
  const allowed = `a version from ${least}, such as ${made}, or empty`;
  const version = matching(settings, 'kubernetesVersion', VERSION, allowed);
  if (minorOf(version) < minorOf(least)) throw invalid(settings, 'kubernetesVersion', version, allowed);
  return version;
}

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}

function zonesOf(settings: Settings, platform: Platform, place: CloudPlace): number {
  const most = Math.max(place.zones.length, 1);
  // Only whoever has the cluster knows how many zones it has.
  return integer(settings, 'zones', { least: 0, most: platform === 'existing' ? 6 : most }) || most;
}

function adminsOf(settings: Settings, platform: Platform): string[] {
  const given = parsed(settings, 'clusterAdmins') ?? [];
  const words = platform === 'existing' ? 'names' : ADMIN[platform].words;
  if (!Array.isArray(given) || !given.every((admin) => typeof admin === 'string'))
    throw invalid(settings, 'clusterAdmins', given, `a list of ${words}`);
  if (platform === 'existing') return given;
  const wrong = given.find((admin) => !ADMIN[platform].form.test(admin));
  if (wrong !== undefined) throw invalid(settings, 'clusterAdmins', wrong, words);
  if (platform === 'aks' && given.length === 0) {
    void log.warn(
      'wedsync:clusterAdmins is empty. AKS lets in only members of these Entra ID groups; an update stops after the cluster unless ' +
        'whoever deploys is in one, or has the role Azure Kubernetes Service RBAC Cluster Admin.',
    );
  }
  return given;
}
