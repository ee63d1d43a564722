import { allowedRegionsTwins } from './allowed-regions.ts';
import { backupCopiesTwins } from './backup-copies.ts';
import { backupScheduleTwins } from './backup-schedule.ts';
import { budgetAlertsTwins } from './budget-alerts.ts';
import { defaultDenyTwins } from './default-deny.ts';
import { disruptionBudgetsTwins } from './disruption-budgets.ts';
import { encryptionAtRestTwins } from './encryption-at-rest.ts';
import { encryptionInTransitTwins } from './encryption-in-transit.ts';
import { imagePinnedTwins } from './image-pinned.ts';
import { keyRotationTwins } from './key-rotation.ts';
import { noPlaintextSecretsTwins } from './no-plaintext-secrets.ts';
import { noWildcardRbacTwins } from './no-wildcard-rbac.ts';
import { podSecurityTwins } from './pod-security.ts';
import { queueDurabilityTwins } from './queue-durability.ts';
import { redisNotExposedTwins } from './redis-not-exposed.ts';
import { redisTopologyTwins } from './redis-topology.ts';
import { redisUsersTwins } from './redis-users.ts';
import { redisVersionTwins } from './redis-version.ts';
import { redisZoneSpreadTwins } from './redis-zone-spread.ts';
import { safeguardsTwins } from './safeguards.ts';
import { seasonBoundsTwins } from './season-bounds.ts';
import type { Twin } from './twin.ts';

/** The twins of every rule but the freeze, whose twins differ in the time. */
export const TWINS: Readonly<Record<string, readonly Twin[]>> = {
  'pod-security': podSecurityTwins,
  'image-pinned': imagePinnedTwins,
  'redis-version': redisVersionTwins,
  'redis-topology': redisTopologyTwins,
  'redis-zone-spread': redisZoneSpreadTwins,
  'disruption-budgets': disruptionBudgetsTwins,
  'allowed-regions': allowedRegionsTwins,
  'encryption-in-transit': encryptionInTransitTwins,
  'encryption-at-rest': encryptionAtRestTwins,
  'key-rotation': keyRotationTwins,
  'backup-copies': backupCopiesTwins,
  'backup-schedule': backupScheduleTwins,
  'queue-durability': queueDurabilityTwins,
  'redis-users': redisUsersTwins,
  'redis-not-exposed': redisNotExposedTwins,
  'default-deny': defaultDenyTwins,
  'no-wildcard-rbac': noWildcardRbacTwins,
  'no-plaintext-secrets': noPlaintextSecretsTwins,
  safeguards: safeguardsTwins,
  'season-bounds': seasonBoundsTwins,
  'budget-alerts': budgetAlertsTwins,
};
