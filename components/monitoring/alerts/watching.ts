import type { Alert } from '../rules.ts';

/** About the watching itself. */
export function watchingAlerts(): Alert[] {
  return [
    {
      name: 'RegionWatchdog',
      expr: 'vector(1)',
      severity: 'none',
      summary: 'Alerts reach whoever waits for them',
      description:
        'It always fires. Whoever does not hear it for five minutes calls: then Prometheus or Alertmanager is gone.',
    },
  ];
}
