import { type Demand, fieldsAt, includes, isNotOff, isOn, unmet } from '../cloud/demand.ts';
import { belonging } from '../cloud/linked.ts';
import { titleOf } from '../cloud/title.ts';
import { plainType } from '../cloud/type.ts';
import { type Finding, objection } from '../message.ts';
import type { JudgedResource } from '../resource.ts';
import type { Rule } from '../rule.ts';
import type { Field } from '../values/field.ts';

const DELETED = 'One command could delete it, with all that it holds.';
const ONE_FACTOR = 'A stolen password alone would be enough.';
const UNSEEN = 'Nobody could say afterwards who did what.';

const on = (type: string, path: readonly string[], problem: string): Demand => ({
  types: [type],
  path,
  holds: isOn,
  problem,
  fix: 'Set it to true.',
});
const notOff = (type: string, path: readonly string[], problem: string): Demand => ({
  ...on(type, path, problem),
  holds: isNotOff,
  fix: 'Set it to true, or leave it out.',
});
const notOn = (type: string, path: readonly string[], problem: string): Demand => ({
  ...on(type, path, problem),
  holds: (field) => !isOn(field),
  fix: 'Set it to false, or leave it out.',
});
const isOneOf =
  (...words: string[]) =>
  (field: Field) =>
    words.includes(field.text ?? '');

/** Where a cloud leaves a safeguard off by itself, it must be on; where it has it on, nobody may turn it off. */
const DEMANDS: readonly Demand[] = [
  // Second factors.
  {
    ...notOff('aws:s3:BucketVersioning', ['versioningConfiguration', 'mfaDelete'], ONE_FACTOR),
    holds: (field) => !/^disabled$/i.test(field.text ?? ''),
    fix: 'Set it to Enabled. To leave it as it is, leave it out.',
  },
  notOff('aws:s3:Bucket', ['versioning', 'mfaDelete'], ONE_FACTOR),
  {
    ...on('aws:cognito:UserPool', ['mfaConfiguration'], ONE_FACTOR),
    holds: isOneOf('ON'),
    fix: 'Set it to ON.',
  },
  on('azure-native:containerservice:ManagedCluster', ['disableLocalAccounts'], 'Local accounts know no second factor.'),
  // Audit logs.
  {
    ...on('aws:eks:Cluster', ['enabledClusterLogTypes'], UNSEEN),
    holds: includes('audit'),
    fix: 'Put "audit" on the list.',
  },
  notOff('aws:cloudtrail:Trail', ['enableLogging'], UNSEEN),
  on('aws:cloudtrail:Trail', ['enableLogFileValidation'], 'Somebody could change the log, and nobody would notice.'),
  {
    ...notOff('gcp:container:Cluster', ['loggingService'], UNSEEN),
    holds: (field) => !field.is('none'),
    fix: 'Leave it out.',
  },
  // Protection against deletion.
  on('aws:eks:Cluster', ['deletionProtection'], DELETED),
  on('aws:rds:Instance', ['deletionProtection'], DELETED),
  on('aws:rds:Cluster', ['deletionProtection'], DELETED),
  on('aws:lb:LoadBalancer', ['enableDeletionProtection'], DELETED),
  on('aws:dynamodb:Table', ['deletionProtectionEnabled'], DELETED),
  {
    ...on('aws:cognito:UserPool', ['deletionProtection'], DELETED),
    holds: isOneOf('ACTIVE'),
    fix: 'Set it to ACTIVE.',
  },
  notOn('aws:s3:Bucket', ['forceDestroy'], DELETED),
  {
    ...notOff(
      'aws:s3:BucketVersioning',
      ['versioningConfiguration', 'status'],
      'What is overwritten or deleted would be gone.',
    ),
    holds: isOneOf('Enabled'),
    fix: 'Set it to Enabled.',
  },
  notOff('gcp:container:Cluster', ['deletionProtection'], DELETED),
  notOff('gcp:sql:DatabaseInstance', ['deletionProtection'], DELETED),
  notOn('gcp:storage:Bucket', ['forceDestroy'], DELETED),
  notOff('azure-native:storage:BlobServiceProperties', ['deleteRetentionPolicy', 'enabled'], DELETED),
  on(
    'azure-native:keyvault:Vault',
    ['properties', 'enablePurgeProtection'],
    'A deleted key would be gone, with all that it encrypts.',
  ),
  notOff('azure-native:keyvault:Vault', ['properties', 'enableSoftDelete'], 'A deleted key would be gone at once.'),
];

const AKS = 'azure-native:containerservice:ManagedCluster';
const DIAGNOSTICS = ['azure-native:monitor:DiagnosticSetting', 'azure-native:insights:DiagnosticSetting'];
const AUDIT_LOGS: readonly string[] = ['kube-audit', 'kube-audit-admin', 'audit', 'allLogs'];

/** Switches of single resources. */
export function checkSwitches(resource: JudgedResource): Finding[] {
  return unmet(resource, DEMANDS);
}

/** Clusters of Azure, whose audit log is a resource beside them. */
export function checkAudit(resources: readonly JudgedResource[]): Finding[] {
  return resources
    .filter(({ type }) => plainType(type) === AKS)
    .flatMap((cluster) => {
      const beside = belonging(resources, DIAGNOSTICS, 'resourceUri', cluster);
      const logs = beside.flatMap(({ properties }) => fieldsAt(properties, ['logs', '*']));
      const audits = logs.filter((log) =>
        AUDIT_LOGS.includes(log.at('category').text ?? log.at('categoryGroup').text ?? ''),
      );
      if (audits.some((log) => log.at('enabled').unknown || isOn(log.at('enabled')))) return [];
      const [off] = audits;
      const fix = 'Add a DiagnosticSetting for it in which the log kube-audit-admin is enabled.';
      if (off) return [{ ...objection(titleOf(cluster), off.at('enabled'), UNSEEN, fix), urn: cluster.urn }];
      return [
        { subject: titleOf(cluster), field: 'its audit log', value: 'not set', problem: UNSEEN, fix, urn: cluster.urn },
      ];
    });
}

export const safeguards: Rule = {
  name: 'safeguards',
  description: 'Second factors, audit logs and protection against deletion stay on.',
  checkResource: checkSwitches,
  checkStack: (_, resources) => checkAudit(resources),
};
