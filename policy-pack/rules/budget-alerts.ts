import { titleOf } from '../cloud/title.ts';
import { plainType } from '../cloud/type.ts';
import { type Finding, objection } from '../message.ts';
import type { JudgedResource } from '../resource.ts';
import type { Rule } from '../rule.ts';
import type { Field } from '../values/field.ts';

const PROBLEM = 'It would be spent before anybody knew.';

/** The part of a budget that tells people, and whether it tells any; by kind. */
const ALERTS: Readonly<
  Record<string, (budget: Field) => { readonly field: Field; readonly told: boolean; readonly fix: string }>
> = {
  'aws:budgets:Budget': (budget) => {
    const field = budget.at('notifications');
    const told = field
      .items()
      .some((each) => ['subscriberEmailAddresses', 'subscriberSnsTopicArns'].some((key) => isListed(each.at(key))));
    return { field, told, fix: 'Add a notification with a threshold and a subscriber.' };
  },
  'gcp:billing:Budget': (budget) => {
    const rule = budget.at('allUpdatesRule');
    // Without a word, Google writes to those who pay.
    const told =
      isListed(budget.at('thresholdRules')) &&
      (!rule.at('disableDefaultIamRecipients').is(true) ||
        isListed(rule.at('monitoringNotificationChannels')) ||
        rule.at('pubsubTopic').isSet ||
        rule.at('pubsubTopic').unknown);
    return {
      field: budget.at('thresholdRules'),
      told,
      fix: 'Add a threshold rule, and leave the default recipients on.',
    };
  },
  'azure-native:consumption:Budget': azure,
  'azure-native:costmanagement:Budget': azure,
};

function azure(budget: Field) {
  const field = budget.at('notifications');
  const told = field
    .entries()
    .some(
      ([, each]) =>
        !each.at('enabled').is(false) &&
        ['contactEmails', 'contactGroups', 'contactRoles'].some((key) => isListed(each.at(key))),
    );
  return { field, told, fix: 'Add a notification that is enabled and has somebody to tell.' };
}

function isListed(list: Field): boolean {
  return list.unknown || list.items().length > 0;
}

/** Budgets of the clouds. */
export function checkBudget(resource: JudgedResource): Finding[] {
  const alert = ALERTS[plainType(resource.type)]?.(resource.properties);
  if (!alert || alert.told || alert.field.unknown) return [];
  return [objection(titleOf(resource), alert.field, PROBLEM, alert.fix)];
}

export const budgetAlerts: Rule = {
  name: 'budget-alerts',
  description: 'Every budget tells somebody before it is spent.',
  checkResource: checkBudget,
};
