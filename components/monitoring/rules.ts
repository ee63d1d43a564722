/** Prometheus rules as data, and the shape that the Prometheus operator takes. */
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';

/** A series that Prometheus writes by itself. */
export interface RecordingRule {
  readonly record: string;
  /** PromQL. */
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Whom an alert reaches: `page` the phone of whoever is on call, at any hour; `ticket` the team's channel, in working hours; `none` a machine that waits
 * for it.
 */
export type Severity = 'page' | 'ticket' | 'none';

/** On which days an alert speaks: on all, or only on those of weddings, or only on the others. */
export type AlertDays = 'all' | 'wedding-day' | 'other-days';

/** Something that a person has to do something about. */
export interface Alert {
  /** In the field's manner: what is wrong, as one word. A section of docs/runbook.md is called the same. */
  readonly name: string;
  /** PromQL, without the day. */
  readonly expr: string;
  /** How long it must hold before anybody is told, as in `2m`. @default at once */
  readonly for?: string | undefined;
  readonly severity: Severity;
  /** @default all */
  readonly days?: AlertDays;
  readonly labels?: Readonly<Record<string, string>>;
  /** One sentence for a phone's screen; may use Prometheus' templates. */
  readonly summary: string;
  /** What it means for vendors and couples. */
  readonly description: string;
}

/** Rules that are worked out one after the other, at the same instant. */
export interface RuleGroup {
  readonly name: string;
  /** Seconds between two evaluations. */
  readonly intervalSeconds: number;
  readonly recording?: readonly RecordingRule[];
  readonly alerts?: readonly Alert[];
}

/** 1 on a wedding day, else 0; see calendar.ts. */
export const WEDDING_DAY = 'wedsync:wedding_day';

type RuleSpec = NonNullable<IPrometheusRule['spec']>;
type Rule = NonNullable<NonNullable<RuleSpec['groups']>[number]['rules']>[number];

/**
 * The groups as the operator and Prometheus itself take them.
 *
 * @param runbook where docs/runbook.md is read: a path or an address, without the section.
 */
export function ruleSpec(groups: readonly RuleGroup[], runbook: string): RuleSpec {
  return {
    groups: groups.map(({ name, intervalSeconds, recording = [], alerts = [] }) => ({
      name,
      interval: `${intervalSeconds}s`,
      rules: [...recording.map(recordingRule), ...alerts.map((alert) => alertingRule(alert, runbook))],
    })),
  };
}

function recordingRule({ record, expr, labels }: RecordingRule): Rule {
  return { record, expr, ...(labels && { labels: { ...labels } }) };
}

function alertingRule(alert: Alert, runbook: string): Rule {
  const { name, severity, days = 'all', labels = {}, summary, description } = alert;
  return {
    alert: name,
    expr: onDays(alert.expr, days),
    ...(alert.for && { for: alert.for }),
    labels: { ...labels, severity, ...(days === 'wedding-day' && { wedding_day: 'yes' }) },
    annotations: { summary, description, runbook_url: `${runbook}#${name.toLowerCase()}` },
  };
}

/** `expr`, on some days only. */
export function onDays(expr: string, days: AlertDays): string {
  if (days === 'all') return expr;
  return `(${expr}) and on() (${WEDDING_DAY} == ${days === 'wedding-day' ? 1 : 0})`;
}

/** An alert that is quicker, and louder, on a wedding day: the same question asked twice. */
export function tighterOnWeddingDays(
  alert: Omit<Alert, 'days'>,
  weddingDay: { readonly severity: Severity; readonly for?: string },
): [Alert, Alert] {
  const { severity } = weddingDay;
  return [
    { ...alert, days: 'other-days' },
    { ...alert, severity, for: weddingDay.for, days: 'wedding-day' },
  ];
}
