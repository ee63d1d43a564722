import { METRICS } from '@wedsync/region-operator/contract';
import type { Place } from '../../shared/service-names.ts';
import type { Alert } from '../rules.ts';

/** Attempts to sign in that were turned away in a quarter of an hour: more than somebody makes who has forgotten a password. */
const GUESSES = 20;

/** How the console is. None of it rings a phone, on no day: vendors notice nothing, and pages reach whoever is on call without it. */
export function consoleAlerts({ name: job }: Place): Alert[] {
  const polls = (outcome: string) => `rate(${METRICS.polls}{job="${job}",outcome="${outcome}"}[5m])`;
  return [
    {
      name: 'ConsoleDown',
      expr: `absent(up{job="${job}"} == 1)`,
      for: '5m',
      severity: 'ticket',
      summary: 'The console does not answer',
      description:
        'Vendors notice nothing. Whoever is on call has no board to look at, and has to ask Prometheus and the engine by hand.',
    },
    {
      name: 'ConsoleBlind',
      // That this rule is worked out says that Prometheus is well. The operator asks only while somebody watches.
      expr: `sum by (job, pod) (${polls('away')}) > sum by (job, pod) (${polls('ok')})`,
      for: '5m',
      severity: 'ticket',
      summary: 'The console’s {{ $labels.pod }} does not reach Prometheus',
      description:
        'Its pages say that nothing is known. Prometheus is well: what lies between is a network policy, a name or a certificate.',
    },
    {
      name: 'SignInsTurnedAway',
      expr: `sum by (job) (increase(${METRICS.signIns}{job="${job}",outcome="limited"}[15m])) > ${GUESSES}`,
      severity: 'ticket',
      summary: 'Somebody tries one secret after the other at the console',
      description:
        'Each name has to wait after five wrong ones, so nobody got in this way. Nobody of the team types that fast.',
    },
  ];
}
