import { at, type ClusterFacts, days, type Findings, type KeyFacts } from './facts.ts';

const DAYS: Readonly<Record<string, string>> = { TU: 'Tuesday', WE: 'Wednesday' };

/** The answers of GKE. */
export function gkeFacts(found: Findings): ClusterFacts {
  const { inputs, protect } = found.one('gcp:container/cluster:Cluster');
  const keys = found.all('gcp:kms/cryptoKey:CryptoKey');
  const keyFacts = (key: (typeof keys)[number]): KeyFacts => ({
    rotationDays: days(key.inputs['rotationPeriod']),
    protect: key.protect,
  });
  const idOf = ({ name }: { readonly name: string }) => `projects/wedsync-test/cryptoKeys/${name}`;
  const secretsKey = keys.find((key) => at(inputs, 'databaseEncryption.keyName') === idOf(key));
  const disksKey = keys.find((key) => key !== secretsKey);
  const diskId = disksKey && idOf(disksKey);
  const { parameters, provisioner } = found.storageClass() as {
    parameters: Record<string, string>;
    provisioner: string;
  };
  const pools = found.all('gcp:container/nodePool:NodePool');
  const window = String(at(inputs, 'maintenancePolicy.recurringWindow.recurrence'));
  return {
    location: String(inputs['location']),
    version: String(inputs['minMasterVersion']),
    privateApi: at(inputs, 'privateClusterConfig.enablePrivateEndpoint') === true,
    privateWorkers: at(inputs, 'privateClusterConfig.enablePrivateNodes') === true,
    pools: pools.map(({ inputs: pool, ignoreChanges }) => ({
      zone: at(pool, 'nodeLocations.0') as string | undefined,
      minimum: Number(at(pool, 'autoscaling.totalMinNodeCount')),
      maximum: Number(at(pool, 'autoscaling.totalMaxNodeCount')),
      machine: String(at(pool, 'nodeConfig.machineType')),
      encryptedDisk: diskId !== undefined && at(pool, 'nodeConfig.bootDiskKmsKey') === diskId,
      countLeftAlone: ignoreChanges.includes('initialNodeCount') && ignoreChanges.includes('nodeCount'),
    })),
    secretsKey:
      at(inputs, 'databaseEncryption.state') === 'ENCRYPTED' && secretsKey
        ? keyFacts(secretsKey)
        : { rotationDays: Infinity, protect: false },
    keys: keys.map(keyFacts),
    workloadIdentity:
      at(inputs, 'workloadIdentityConfig.workloadPool') === 'wedsync-test.svc.id.goog' &&
      pools.every(({ inputs: pool }) => at(pool, 'nodeConfig.workloadMetadataConfig.mode') === 'GKE_METADATA'),
    auditLogs: [
      ...(at(inputs, 'loggingConfig.enableComponents') as string[]),
      ...found
        .all('gcp:projects/iAMAuditConfig:IAMAuditConfig')
        .flatMap(({ inputs: audit }) => audit['auditLogConfigs'] as { logType: string }[])
        .map(({ logType }) => (logType === 'DATA_WRITE' ? 'audit' : logType)),
    ],
    deletionProtection: inputs['deletionProtection'] === true,
    protect,
    networkPolicies: inputs['datapathProvider'] === 'ADVANCED_DATAPATH',
    noStaticCredentials: at(inputs, 'masterAuth.clientCertificateConfig.issueClientCertificate') === false,
    maintenanceDays: (/BYDAY=(.+)$/.exec(window)?.[1] ?? '').split(',').map((day) => DAYS[day] ?? day),
    storage: {
      driver: provisioner,
      fast: parameters['type'] === 'pd-ssd',
      encrypted: diskId !== undefined && parameters['disk-encryption-kms-key'] === diskId,
    },
  };
}
