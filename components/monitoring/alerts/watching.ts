import { type Alert, onDays } from '../rules.ts';

/** Minutes for which somebody may be looking for their phone, before the next one rings. */
const ESCALATION_MINUTES = { 'other-days': 15, 'wedding-day': 5 } as const;

/** About the watching itself. */
export function watchingAlerts(): Alert[] {
  // When each page that rings now began to; the value of ALERTS_FOR_STATE is that instant.
  const ringing = 'ALERTS_FOR_STATE{severity="page",step=""} and ignoring(alertstate) ALERTS{alertstate="firing"}';
  const longer = (minutes: number) => `time() - (${ringing}) > ${minutes * 60}`;
  return [
    {
      name: 'RegionWatchdog',
      expr: 'vector(1)',
      severity: 'none',
      summary: 'Alerts reach whoever waits for them',
      description:
        'It always fires. Whoever does not hear it for five minutes calls: then Prometheus or Alertmanager is gone.',
    },
    {
      name: 'PageUnanswered',
      expr: `max by (alertname) (${(['other-days', 'wedding-day'] as const)
        .map((days) => onDays(longer(ESCALATION_MINUTES[days]), days))
        .join(' or ')})`,
      severity: 'page',
      labels: { step: '2' },
      summary: '{{ $labels.alertname }} has been ringing for {{ $value | humanizeDuration }}',
      description: 'Nobody has mended it. The next one in line is called, whether the first one was silenced or not.',
    },
  ];
}
