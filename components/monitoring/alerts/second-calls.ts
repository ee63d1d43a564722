import { SECOND_CALL } from '@wedsync/region-operator/contract';
import { type Alert, type RecordingRule, type RuleGroup, WEDDING_DAY } from '../rules.ts';

/** By which series of pages are told from those of their second calls. */
export const FIRST_CALLS = `severity="page",${SECOND_CALL.name}=""`;

/** Seconds for which somebody may be looking for their phone, before the next one rings. */
const RINGS_ALONE = { otherDays: 900, weddingDay: 300 } as const;

/** Seconds for which a page has rung, with its labels, once that is too long. */
const UNANSWERED = 'wedsync:page_unanswered:seconds';

/**
 * Every page of these groups once more, for the next one in line, when it has rung for a while. It has the page's own name and labels, and one more besides: so a
 * silence of the page is one of this call too, and what another alert holds back calls nobody. Prometheus itself knows of neither.
 */
export function secondCalls(groups: readonly RuleGroup[]): { recording: RecordingRule[]; alerts: Alert[] } {
  const pages = groups.flatMap(({ alerts = [] }) => alerts.filter(({ severity }) => severity === 'page'));
  // When each began to ring; the value of ALERTS_FOR_STATE is that instant.
  const ringing = `ALERTS_FOR_STATE{${FIRST_CALLS}} and ignoring(alertstate) ALERTS{${FIRST_CALLS},alertstate="firing"}`;
  const { otherDays, weddingDay } = RINGS_ALONE;
  const allowed = `scalar(${otherDays} - ${otherDays - weddingDay} * ${WEDDING_DAY})`;
  return {
    recording: [{ record: UNANSWERED, expr: `time() - (${ringing}) > ${allowed}` }],
    alerts: [...new Set(pages.map(({ name }) => name))].map((name) => ({
      name,
      expr: `${UNANSWERED}{alertname="${name}"}`,
      severity: 'page',
      labels: { [SECOND_CALL.name]: SECOND_CALL.value },
      summary: `${name} has been ringing for {{ $value | humanizeDuration }}`,
      description: 'Nobody has mended or silenced it. The next one in line is called.',
    })),
  };
}
