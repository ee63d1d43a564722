/** Prometheus' configuration files, from what the program made for its operator. */
import { join } from 'node:path';
import type { KubernetesObject, PodStatus } from '../pods/index.ts';
import type { AuthoritySource, Scrape } from './scrapes.ts';

/** Where this machine's Prometheus and Alertmanager find what they are told. Absolute, as they run in folders of their own. */
export interface MonitoringFiles {
  readonly prometheus: string;
  readonly rules: string;
  readonly alertmanager: string;
  /** The addresses behind each scrape, by its place in the list, and Alertmanager's own. */
  readonly targets: (of: number | 'alertmanager') => string;
  readonly authority: (source: AuthoritySource) => string;
}

export function monitoringFiles(folder: string): MonitoringFiles {
  return {
    prometheus: join(folder, 'prometheus.json'),
    rules: join(folder, 'rules.json'),
    alertmanager: join(folder, 'alertmanager.json'),
    targets: (of) => join(folder, `targets-${of}.json`),
    authority: ({ namespace, secret, key }) => join(folder, `${namespace}.${secret}.${key}`),
  };
}

/** The main file. JSON is YAML. */
export function prometheusConfiguration(region: string, scrapes: readonly Scrape[], files: MonitoringFiles): unknown {
  return {
    global: { scrape_interval: '15s', evaluation_interval: '15s', external_labels: { region } },
    rule_files: [files.rules],
    alerting: { alertmanagers: [{ file_sd_configs: discovered(files.targets('alertmanager')) }] },
    scrape_configs: scrapes.map((scrape, index) => ({
      job_name: scrape.job,
      scheme: scrape.scheme,
      metrics_path: scrape.path,
      scrape_interval: scrape.interval,
      ...(scrape.timeout && { scrape_timeout: scrape.timeout }),
      ...(scrape.authority && {
        tls_config: {
          ca_file: files.authority(scrape.authority),
          ...(scrape.serverName && { server_name: scrape.serverName }),
          min_version: 'TLS13',
        },
      }),
      file_sd_configs: discovered(files.targets(index)),
    })),
  };
}

/** Read anew when the file changes; the interval is only for file systems that tell nobody. */
function discovered(file: string) {
  return [{ files: [file], refresh_interval: '10s' }];
}

/** The rules of all PrometheusRules, in one file. */
export function ruleFile(objects: readonly KubernetesObject[]): unknown {
  const rules = objects.filter(({ kind }) => kind === 'PrometheusRule');
  return { groups: rules.flatMap(({ spec }) => (spec as { groups?: readonly unknown[] }).groups ?? []) };
}

/** The addresses of a scrape, with the labels of each, as file_sd has them. */
export function targetsOf({ pods: scraped }: Scrape, pods: readonly PodStatus[]): unknown {
  return scraped.flatMap(({ owner, port, labels }) =>
    pods
      .filter((pod) => pod.owner === owner && pod.phase === 'Running')
      .map(({ ip, name }) => ({ targets: [`${ip}:${port}`], labels: { ...labels, pod: name } })),
  );
}
