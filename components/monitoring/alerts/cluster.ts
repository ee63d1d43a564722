import { BACKUP_INTERVAL_MINUTES } from '@wedsync/domain';
import { type Alert, tighterOnWeddingDays } from '../rules.ts';

/** What kube-state-metrics and cert-manager say about the region's own namespaces. */
export function clusterAlerts(namespaces: readonly string[]): Alert[] {
  const ours = `namespace=~"${namespaces.join('|')}"`;
  return [
    {
      name: 'ChangeOnWeddingDay',
      // A rollout makes a ReplicaSet; scaling makes none. A set of Redis nodes is not scaled by load.
      expr: `time() - kube_replicaset_created{${ours}} < 600 or changes(kube_statefulset_metadata_generation{${ours}}[10m]) > 0`,
      days: 'wedding-day',
      severity: 'page',
      summary: 'Something was changed on a wedding day: {{ $labels.replicaset }}{{ $labels.statefulset }}',
      description:
        'Saturdays and busy days are without planned change. Either an emergency token was used, or somebody went round the policies.',
    },
    {
      name: 'CertificateExpires',
      expr: `certmanager_certificate_expiration_timestamp_seconds{${ours}} - time() < 14 * 86400`,
      for: '1h',
      severity: 'ticket',
      summary: 'The certificate {{ $labels.name }} ends in {{ $value | humanizeDuration }}',
      description: 'cert-manager should have renewed it by now.',
    },
    {
      name: 'CertificateNotReady',
      expr: `max by (namespace, name) (certmanager_certificate_ready_status{${ours},condition!="True"}) == 1`,
      for: '15m',
      severity: 'ticket',
      summary: 'The certificate {{ $labels.name }} cannot be made',
      description: 'Pods that need it do not start; those that have an old one go on until it ends.',
    },
    {
      name: 'JobFailed',
      expr: `kube_job_status_failed{${ours}} > 0 unless on(namespace, job_name) kube_job_owner{owner_kind="CronJob"}`,
      for: '5m',
      severity: 'ticket',
      summary: 'The job {{ $labels.job_name }} failed',
      description: 'A Redis Cluster may not be whole: its formation or its resharding did not come to an end.',
    },
    {
      name: 'CronJobFailing',
      expr: `time() - max by (namespace, cronjob) (kube_cronjob_status_last_successful_time{${ours},cronjob!~".*-backup"}) > 1800`,
      severity: 'ticket',
      summary: '{{ $labels.cronjob }} has not come to an end for {{ $value | humanizeDuration }}',
      description:
        'What it keeps in order goes without: a node that was replaced does not rejoin its cluster by itself.',
    },
    ...tighterOnWeddingDays(
      {
        name: 'BackupOld',
        expr: `time() - max by (namespace, cronjob) (kube_cronjob_status_last_successful_time{${ours},cronjob=~".*-backup"}) > ${BACKUP_INTERVAL_MINUTES * 60}`,
        for: '10m',
        severity: 'ticket',
        summary: 'The last backup of {{ $labels.cronjob }} is {{ $value | humanizeDuration }} old',
        description: 'What was written since would be lost with the cluster: more than is promised.',
      },
      { severity: 'page' },
    ),
    {
      name: 'VolumeFills',
      expr: `kubelet_volume_stats_available_bytes{${ours}} / kubelet_volume_stats_capacity_bytes{${ours}} < 0.15`,
      for: '15m',
      severity: 'ticket',
      summary: 'The volume {{ $labels.persistentvolumeclaim }} has {{ $value | humanizePercentage }} left',
      description:
        'Redis refuses writes when its append-only file finds no room. Volumes grow by configuration, without a restart.',
    },
  ];
}
