import type { Inputs } from '@pulumi/pulumi';

/** What a cloud answers when a resource was made, beside its inputs; `id` where it is more than a name. */
export type Answer = (name: string, inputs: Inputs) => Inputs & { readonly id?: string };

const same: Answer = () => ({});
const named: Answer = (name, inputs) => ({ name: (inputs['name'] as string | undefined) ?? name });

const ACCOUNT = '123456789012';
const arn = (service: string) => (name: string) => ({ arn: `arn:aws:${service}:eu-west-2:${ACCOUNT}:${name}` });

const AWS: Readonly<Record<string, Answer>> = {
  'aws:cloudwatch/eventRule:EventRule': named,
  'aws:cloudwatch/eventTarget:EventTarget': same,
  'aws:cloudwatch/logGroup:LogGroup': named,
  'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup': same,
  'aws:ec2/eip:Eip': same,
  'aws:ec2/internetGateway:InternetGateway': same,
  'aws:ec2/launchTemplate:LaunchTemplate': () => ({ latestVersion: 3 }),
  'aws:ec2/natGateway:NatGateway': same,
  'aws:ec2/route:Route': same,
  'aws:ec2/routeTable:RouteTable': same,
  'aws:ec2/routeTableAssociation:RouteTableAssociation': same,
  'aws:ec2/securityGroup:SecurityGroup': same,
  'aws:ec2/subnet:Subnet': same,
  'aws:ec2/vpc:Vpc': same,
  'aws:ec2/vpcEndpoint:VpcEndpoint': same,
  'aws:eks/accessEntry:AccessEntry': same,
  'aws:eks/accessPolicyAssociation:AccessPolicyAssociation': same,
  'aws:eks/addon:Addon': same,
  'aws:eks/cluster:Cluster': (_, { vpcConfig }) => ({
    endpoint: 'https://ABC.eks.example.com',
    certificateAuthority: { data: 'Y2EgaW4gUEVN' },
    vpcConfig: { ...(vpcConfig as object), clusterSecurityGroupId: 'sg-cluster' },
  }),
  'aws:eks/nodeGroup:NodeGroup': same,
  'aws:eks/podIdentityAssociation:PodIdentityAssociation': same,
  'aws:iam/role:Role': (name) => ({ arn: `arn:aws:iam::${ACCOUNT}:role/${name}` }),
  'aws:iam/rolePolicy:RolePolicy': same,
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment': same,
  'aws:kms/alias:Alias': same,
  'aws:kms/key:Key': (name) => ({ ...arn('kms')(`key/${name}`), keyId: `key-of-${name}` }),
  'aws:scheduler/schedule:Schedule': same,
  'aws:sqs/queue:Queue': (name) => ({ ...arn('sqs')(name), url: `https://sqs.example.com/${name}` }),
  'aws:sqs/queuePolicy:QueuePolicy': same,
  'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule': same,
};

const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000000';
const azure: Answer = (name) => ({ id: `${SUBSCRIPTION}/resourceGroups/wedsync/${name}`, name });
const principal = { principalId: 'principal', tenantId: 'tenant' };

const AZURE: Readonly<Record<string, Answer>> = {
  'azure-native:authorization:ManagementLockByScope': azure,
  'azure-native:authorization:RoleAssignment': azure,
  'azure-native:compute:DiskEncryptionSet': (...args) => ({
    ...azure(...args),
    identity: { type: 'SystemAssigned', ...principal },
  }),
  'azure-native:containerservice:MaintenanceConfiguration': azure,
  'azure-native:containerservice:ManagedCluster': azure,
  'azure-native:keyvault:Key': (...args) => ({
    ...azure(...args),
    keyUriWithVersion: `https://vault.example.com/keys/${args[0]}/1`,
  }),
  'azure-native:keyvault:Vault': azure,
  'azure-native:managedidentity:UserAssignedIdentity': (...args) => ({ ...azure(...args), ...principal }),
  'azure-native:monitor:DiagnosticSetting': azure,
  'azure-native:network:NatGateway': azure,
  'azure-native:network:NetworkSecurityGroup': azure,
  'azure-native:network:PrivateDnsZoneGroup': azure,
  'azure-native:network:PrivateEndpoint': azure,
  'azure-native:network:PublicIPAddress': azure,
  'azure-native:network:Subnet': azure,
  'azure-native:network:VirtualNetwork': azure,
  'azure-native:operationalinsights:Workspace': azure,
  'azure-native:privatedns:PrivateZone': azure,
  'azure-native:privatedns:VirtualNetworkLink': azure,
  'azure-native:resources:ResourceGroup': azure,
};

const PROJECT = 'wedsync-test';
const google =
  (kind: string): Answer =>
  (name) => ({ id: `projects/${PROJECT}/${kind}/${name}`, project: PROJECT, name });

const GOOGLE: Readonly<Record<string, Answer>> = {
  'gcp:compute/network:Network': google('networks'),
  'gcp:compute/router:Router': google('routers'),
  'gcp:compute/routerNat:RouterNat': google('nats'),
  'gcp:compute/subnetwork:Subnetwork': google('subnetworks'),
  'gcp:container/cluster:Cluster': (...args) => ({
    ...google('clusters')(...args),
    privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true, privateEndpoint: '10.16.0.2' },
    masterAuth: { clusterCaCertificate: 'Y2EgaW4gUEVN' },
  }),
  'gcp:container/nodePool:NodePool': google('nodePools'),
  'gcp:kms/cryptoKey:CryptoKey': google('cryptoKeys'),
  'gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember': same,
  'gcp:kms/keyRing:KeyRing': google('keyRings'),
  'gcp:projects/iAMAuditConfig:IAMAuditConfig': same,
  'gcp:projects/iAMMember:IAMMember': same,
  'gcp:projects/serviceIdentity:ServiceIdentity': () => ({
    project: PROJECT,
    member: 'serviceAccount:service-42@container-engine-robot.iam.gserviceaccount.com',
  }),
  'gcp:serviceaccount/account:Account': (name) => ({ email: `${name}@${PROJECT}.iam.gserviceaccount.com` }),
};

/** Every type of the clouds that the program makes. Any other is a mistake. */
export const CLOUD_ANSWERS: Readonly<Record<string, Answer>> = {
  ...AWS,
  ...AZURE,
  ...GOOGLE,
  'pulumi:providers:aws': same,
  'pulumi:providers:gcp': same,
};

/** What Azure gives people at a browser. */
const AKS_KUBECONFIG = JSON.stringify({
  clusters: [
    {
      name: 'aks',
      cluster: { server: 'https://aks.privatelink.example.com:443', 'certificate-authority-data': 'Y2EgaW4gUEVN' },
    },
  ],
  users: [{ name: 'aks', user: { exec: { command: 'kubelogin', args: ['get-token', '--login', 'devicecode'] } } }],
});

/** Every function of the clouds that the program calls. Any other is a mistake. */
export const CLOUD_FUNCTIONS: Readonly<Record<string, Inputs>> = {
  'azure-native:containerservice:listManagedClusterUserCredentials': {
    kubeconfigs: [{ name: 'clusterUser', value: Buffer.from(AKS_KUBECONFIG).toString('base64') }],
  },
};
