import { at, type ClusterFacts, type Findings } from './facts.ts';

/** The answers of EKS. */
export function eksFacts(found: Findings): ClusterFacts {
  const { inputs, protect } = found.one('aws:eks/cluster:Cluster');
  const groups = found.all('aws:eks/nodeGroup:NodeGroup');
  const subnets = found.all('aws:ec2/subnet:Subnet');
  const zoneOf = (id: unknown) => subnets.find(({ name }) => `${name}-id` === id)?.inputs['availabilityZone'] as string;
  const template = found.one('aws:ec2/launchTemplate:LaunchTemplate').inputs;
  const key = found.one('aws:kms/key:Key');
  const keyArn = `arn:aws:kms:eu-west-2:123456789012:key/${key.name}`;
  const schedule = found.one('aws:scheduler/schedule:Schedule').inputs;
  const rotates =
    at(schedule, 'target.arn') === 'arn:aws:scheduler:::aws-sdk:kms:rotateKeyOnDemand' &&
    at(schedule, 'target.input') === JSON.stringify({ KeyId: keyArn });
  const [, every] = /^rate\((\d+) days\)$/.exec(String(schedule['scheduleExpression'])) ?? [];
  const keyFacts = { rotationDays: rotates ? Number(every) : Infinity, protect: key.protect };
  const addon = (name: string) => found.all('aws:eks/addon:Addon').find(({ inputs: own }) => own['addonName'] === name);
  const { parameters, provisioner } = found.storageClass() as {
    parameters: Record<string, string>;
    provisioner: string;
  };
  return {
    location: String(inputs['region']),
    version: String(inputs['version']),
    privateApi:
      at(inputs, 'vpcConfig.endpointPublicAccess') === false && at(inputs, 'vpcConfig.endpointPrivateAccess') === true,
    privateWorkers: subnets.every(({ inputs: subnet }) => subnet['mapPublicIpOnLaunch'] === false),
    pools: groups.map(({ inputs: group, ignoreChanges }) => ({
      zone: zoneOf(at(group, 'subnetIds.0')),
      minimum: Number(at(group, 'scalingConfig.minSize')),
      maximum: Number(at(group, 'scalingConfig.maxSize')),
      machine: String(at(group, 'instanceTypes.0')),
      encryptedDisk:
        at(template, 'blockDeviceMappings.0.ebs.encrypted') === 'true' &&
        at(template, 'blockDeviceMappings.0.ebs.kmsKeyId') === keyArn,
      countLeftAlone: ignoreChanges.includes('scalingConfig.desiredSize'),
    })),
    secretsKey:
      at(inputs, 'encryptionConfig.resources.0') === 'secrets' &&
      at(inputs, 'encryptionConfig.provider.keyArn') === keyArn
        ? keyFacts
        : { rotationDays: Infinity, protect: false },
    keys: [keyFacts],
    workloadIdentity: addon('eks-pod-identity-agent') !== undefined,
    auditLogs: inputs['enabledClusterLogTypes'] as string[],
    deletionProtection: inputs['deletionProtection'] === true,
    protect,
    networkPolicies: String(addon('vpc-cni')?.inputs['configurationValues']).includes('"enableNetworkPolicy":"true"'),
    noStaticCredentials: at(inputs, 'accessConfig.authenticationMode') === 'API',
    maintenanceDays: [],
    storage: {
      driver: provisioner,
      fast: parameters['type'] === 'gp3',
      encrypted: parameters['encrypted'] === 'true' && parameters['kmsKeyId'] === keyArn,
    },
  };
}
