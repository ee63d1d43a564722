import { CryptoKey } from '@pulumi/gcp/kms/cryptoKey.js';
import { CryptoKeyIAMMember } from '@pulumi/gcp/kms/cryptoKeyIAMMember.js';
import { KeyRing } from '@pulumi/gcp/kms/keyRing.js';
import { ServiceIdentity } from '@pulumi/gcp/projects/serviceIdentity.js';
import { ComponentResource, type ComponentResourceOptions, type Output, type Resource } from '@pulumi/pulumi';
import type { ClusterPlan } from '../plan.ts';
import type { CloudOptions } from '../platform.ts';

const DAY_SECONDS = 86_400;
/** The longest wait before a key version that somebody destroys is gone: 120 days. */
const DESTROY_AFTER = `${120 * DAY_SECONDS}s`;

/** A key for secrets and one for disks, in an HSM; each renews itself every month. */
export class GkeKeys extends ComponentResource {
  /** The project in which all lies. */
  readonly project: Output<string>;
  readonly secrets: CryptoKey;
  readonly disks: CryptoKey;
  /** The rights without which the keys cannot be used. */
  readonly rights: readonly Resource[];

  constructor(name: string, plan: ClusterPlan, { gcpProject }: CloudOptions, options?: ComponentResourceOptions) {
    super('wedsync:cluster:GkeKeys', name, {}, options);
    const parent = { parent: this };
    const project = gcpProject === undefined ? {} : { project: gcpProject };
    const agent = new ServiceIdentity(name, { ...project, service: 'container.googleapis.com' }, parent);
    const ring = new KeyRing(
      name,
      { ...project, name, location: plan.place.location },
      { parent: this, protect: true },
    );
    const key = (suffix: string): CryptoKey =>
      new CryptoKey(
        `${name}-${suffix}`,
        {
          name: suffix,
          keyRing: ring.id,
          purpose: 'ENCRYPT_DECRYPT',
          rotationPeriod: `${plan.keyRotationDays * DAY_SECONDS}s`,
          destroyScheduledDuration: DESTROY_AFTER,
          versionTemplate: { algorithm: 'GOOGLE_SYMMETRIC_ENCRYPTION', protectionLevel: 'HSM' },
          labels: { ...plan.tags },
        },
        { parent: this, protect: true },
      );
    this.secrets = key('secrets');
    this.disks = key('disks');
    this.project = agent.project;
    const use = (suffix: string, target: CryptoKey, member: Output<string>) =>
      new CryptoKeyIAMMember(
        `${name}-${suffix}`,
        { cryptoKeyId: target.id, role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter', member },
        parent,
      );
    // GKE's agent is service-NUMBER@container-engine-robot…; Compute Engine's, which makes disks, has the same number.
    const compute = agent.member.apply((member) => member.replace('@container-engine-robot.', '@compute-system.'));
    this.rights = [use('secrets', this.secrets, agent.member), use('disks', this.disks, compute)];
    this.registerOutputs({ project: this.project });
  }
}
