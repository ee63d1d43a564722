import type { Rule } from './rule.ts';
import { allowedRegions } from './rules/allowed-regions.ts';
import { backupCopies } from './rules/backup-copies.ts';
import { backupSchedule } from './rules/backup-schedule.ts';
import { budgetAlerts } from './rules/budget-alerts.ts';
import { defaultDeny } from './rules/default-deny.ts';
import { disruptionBudgets } from './rules/disruption-budgets.ts';
import { encryptionAtRest } from './rules/encryption-at-rest.ts';
import { encryptionInTransit } from './rules/encryption-in-transit.ts';
import { imagePinned } from './rules/image-pinned.ts';
import { keyRotation } from './rules/key-rotation.ts';
import { noPlaintextSecrets } from './rules/no-plaintext-secrets.ts';
import { noWildcardRbac } from './rules/no-wildcard-rbac.ts';
import { podSecurity } from './rules/pod-security.ts';
import { queueDurability } from './rules/queue-durability.ts';
import { redisNotExposed } from './rules/redis-not-exposed.ts';
import { redisTopology } from './rules/redis-topology.ts';
import { redisUsers } from './rules/redis-users.ts';
import { redisVersion } from './rules/redis-version.ts';
import { redisZoneSpread } from './rules/redis-zone-spread.ts';
import { safeguards } from './rules/safeguards.ts';
import { seasonBoundsRule } from './rules/season-bounds.ts';
import type { SeasonMoment } from './season/limits.ts';

/** Every rule about what a stack is made of, in the order of the README; what depends on the time gets it from `moment`. */
export function stackRules(moment: () => SeasonMoment): readonly Rule[] {
  return [
    podSecurity,
    imagePinned,
    redisVersion,
    redisTopology,
    redisZoneSpread,
    disruptionBudgets,
    allowedRegions,
    encryptionInTransit,
    encryptionAtRest,
    keyRotation,
    backupCopies,
    backupSchedule,
    queueDurability,
    redisUsers,
    redisNotExposed,
    defaultDeny,
    noWildcardRbac,
    noPlaintextSecrets,
    safeguards,
    seasonBoundsRule(moment),
    budgetAlerts,
  ];
}
