import { at, type ClusterFacts, days, type Findings, type KeyFacts } from './facts.ts';

/** The answers of AKS. */
export function aksFacts(found: Findings): ClusterFacts {
  const { inputs, protect, ignoreChanges } = found.one('azure-native:containerservice:ManagedCluster');
  const pools = inputs['agentPoolProfiles'] as Record<string, unknown>[];
  const keys = found.all('azure-native:keyvault:Key');
  const keyFacts = ({ inputs: key, protect: kept }: (typeof keys)[number]): KeyFacts => ({
    rotationDays: days(at(key, 'properties.rotationPolicy.lifetimeActions.0.trigger.timeAfterCreate')),
    protect: kept,
  });
  const secretsKey = keys.find(({ name }) =>
    String(at(inputs, 'securityProfile.azureKeyVaultKms.keyId')).includes(name),
  );
  const vault = found.one('azure-native:keyvault:Vault').inputs;
  const { parameters, provisioner } = found.storageClass() as {
    parameters: Record<string, string>;
    provisioner: string;
  };
  const diskSet = `${String(at(inputs, 'diskEncryptionSetID'))}`;
  return {
    location: String(inputs['location']),
    version: String(inputs['kubernetesVersion']),
    privateApi:
      at(inputs, 'apiServerAccessProfile.enablePrivateCluster') === true &&
      at(inputs, 'apiServerAccessProfile.enablePrivateClusterPublicFQDN') === false &&
      inputs['publicNetworkAccess'] === 'Disabled' &&
      at(vault, 'properties.publicNetworkAccess') === 'Disabled',
    privateWorkers: pools.every((pool) => pool['enableNodePublicIP'] === false),
    pools: pools.map((pool) => ({
      zone: (pool['availabilityZones'] as string[] | undefined)?.[0],
      minimum: Number(pool['minCount']),
      maximum: Number(pool['maxCount']),
      machine: String(pool['vmSize']),
      encryptedDisk:
        pool['enableEncryptionAtHost'] === true && pool['osDiskType'] === 'Managed' && diskSet.includes('/'),
      countLeftAlone: ignoreChanges.includes('agentPoolProfiles[*].count'),
    })),
    secretsKey: secretsKey ? keyFacts(secretsKey) : { rotationDays: Infinity, protect: false },
    keys: keys.map(keyFacts),
    workloadIdentity:
      at(inputs, 'oidcIssuerProfile.enabled') === true &&
      at(inputs, 'securityProfile.workloadIdentity.enabled') === true,
    auditLogs: (found.one('azure-native:monitor:DiagnosticSetting').inputs['logs'] as Record<string, unknown>[])
      .filter((log) => log['enabled'] === true)
      .map((log) => String(log['category'])),
    deletionProtection:
      found.one('azure-native:authorization:ManagementLockByScope').inputs['level'] === 'CanNotDelete',
    protect,
    networkPolicies: at(inputs, 'networkProfile.networkPolicy') === 'cilium',
    noStaticCredentials: inputs['disableLocalAccounts'] === true,
    maintenanceDays: found
      .all('azure-native:containerservice:MaintenanceConfiguration')
      .map(({ inputs: window }) => String(at(window, 'maintenanceWindow.schedule.weekly.dayOfWeek'))),
    storage: {
      driver: provisioner,
      fast: /^Premium/.test(parameters['skuName'] ?? ''),
      encrypted: parameters['diskEncryptionSetID'] === diskSet,
    },
  };
}
