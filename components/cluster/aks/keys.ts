import { DiskEncryptionSet } from '@pulumi/azure-native/compute/diskEncryptionSet.js';
import { Key } from '@pulumi/azure-native/keyvault/key.js';
import { Vault } from '@pulumi/azure-native/keyvault/vault.js';
import type { UserAssignedIdentity } from '@pulumi/azure-native/managedidentity/userAssignedIdentity.js';
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  type Output,
  type Resource,
} from '@pulumi/pulumi';
import type { ClusterPlan } from '../plan.ts';
import { grant } from './roles.ts';

/** The longest for which Azure keeps what was deleted, in days. */
const SOFT_DELETE_DAYS = 90;

export interface AksKeysArgs {
  readonly plan: ClusterPlan;
  readonly group: Input<string>;
  /** The identity of the control plane. */
  readonly controlPlane: UserAssignedIdentity;
}

/**
 * A Key Vault that nothing outside the network reaches, with a key for secrets and one for disks; each renews itself every month.
 * Neither vault nor keys can be purged. Old versions have no end, as what they encrypted must stay readable.
 */
export class AksKeys extends ComponentResource {
  readonly vaultId: Output<string>;
  /** The present version of the key for secrets: AKS takes up a new one at the update that sees it. */
  readonly secretsKey: Output<string>;
  readonly disks: DiskEncryptionSet;
  /** The rights without which the keys cannot be used. */
  readonly rights: readonly Resource[];

  constructor(name: string, { plan, group, controlPlane }: AksKeysArgs, options?: ComponentResourceOptions) {
    super('wedsync:cluster:AksKeys', name, {}, options);
    const parent = { parent: this };
    const kept = { parent: this, protect: true };
    const here = { resourceGroupName: group, location: plan.place.location, tags: plan.tags };

    const vault = new Vault(
      name,
      {
        ...here,
        properties: {
          // The identity says which tenant this is.
          tenantId: controlPlane.tenantId,
          sku: { family: 'A', name: 'premium' },
          enableRbacAuthorization: true,
          enableSoftDelete: true,
          softDeleteRetentionInDays: SOFT_DELETE_DAYS,
          enablePurgeProtection: true,
          publicNetworkAccess: 'Disabled',
          networkAcls: { bypass: 'AzureServices', defaultAction: 'Deny' },
        },
      },
      kept,
    );
    const key = (suffix: string): Key =>
      new Key(
        `${name}-${suffix}`,
        {
          resourceGroupName: group,
          vaultName: vault.name,
          keyName: suffix,
          properties: {
            kty: 'RSA-HSM',
            keySize: 3072,
            keyOps: ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'],
            rotationPolicy: {
              lifetimeActions: [
                { action: { type: 'rotate' }, trigger: { timeAfterCreate: `P${plan.keyRotationDays}D` } },
              ],
            },
          },
          tags: plan.tags,
        },
        kept,
      );
    const secrets = key('secrets');
    const disks = key('disks');

    this.disks = new DiskEncryptionSet(
      name,
      {
        ...here,
        encryptionType: 'EncryptionAtRestWithCustomerKey',
        rotationToLatestKeyVersionEnabled: true,
        identity: { type: 'SystemAssigned' },
        activeKey: { keyUrl: disks.keyUriWithVersion, sourceVault: { id: vault.id } },
      },
      parent,
    );
    const diskIdentity = this.disks.identity.apply((identity) => identity?.principalId ?? '');
    const to = controlPlane.principalId;
    this.rights = [
      grant(`${name}-secrets`, { role: 'Key Vault Crypto User', to, at: vault.id }, parent),
      // The control plane accepts the private endpoint that AKS asks of the vault.
      grant(`${name}-endpoint`, { role: 'Key Vault Contributor', to, at: vault.id }, parent),
      grant(`${name}-read-disks`, { role: 'Reader', to, at: this.disks.id }, parent),
      grant(
        `${name}-disks`,
        { role: 'Key Vault Crypto Service Encryption User', to: diskIdentity, at: vault.id },
        parent,
      ),
    ];
    this.vaultId = vault.id;
    this.secretsKey = secrets.keyUriWithVersion;
    this.registerOutputs({ vaultId: this.vaultId, secretsKey: this.secretsKey });
  }
}
