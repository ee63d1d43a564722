import { twinWith } from './one-resource.ts';
import type { Twin } from './twin.ts';

const budget = (
  title: string,
  type: string,
  inputs: Record<string, unknown>,
  field: string,
  violating: unknown,
  mended: unknown,
): Twin =>
  twinWith(title, { type, name: 'month', inputs }, field, violating, mended, 'It would be spent before anybody knew');
const AWS = { notifications: [{ threshold: 80, subscriberEmailAddresses: ['a@example.com'] }] };
const GCP = { thresholdRules: [{ thresholdPercent: 0.8 }] };
const AZURE = { notifications: { most: { enabled: true, threshold: 80, contactEmails: ['a@example.com'] } } };

export const budgetAlertsTwins: readonly Twin[] = [
  budget(
    'a budget of AWS without a notification',
    'aws:budgets/budget:Budget',
    AWS,
    'notifications',
    [],
    AWS.notifications,
  ),
  budget(
    'a budget of AWS that tells nobody',
    'aws:budgets/budget:Budget',
    AWS,
    'notifications[0].subscriberEmailAddresses',
    [],
    ['a@example.com'],
  ),
  budget(
    'a budget of Google without a threshold',
    'gcp:billing/budget:Budget',
    GCP,
    'thresholdRules',
    undefined,
    GCP.thresholdRules,
  ),
  budget(
    'a budget of Google that tells nobody',
    'gcp:billing/budget:Budget',
    GCP,
    'allUpdatesRule.disableDefaultIamRecipients',
    true,
    false,
  ),
  budget(
    'a budget of Azure without a notification',
    'azure-native:consumption:Budget',
    AZURE,
    'notifications',
    undefined,
    AZURE.notifications,
  ),
  budget(
    'a budget of Azure whose notification is off',
    'azure-native:consumption:Budget',
    AZURE,
    'notifications.most.enabled',
    false,
    true,
  ),
];
