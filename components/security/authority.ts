import type { IClusterIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1/ClusterIssuer';
import {
  ComponentResource,
  type ComponentResourceOptions,
  createUrn,
  type CustomResourceOptions,
  getStack,
} from '@pulumi/pulumi';
import { TypedResource } from '../shared/typed-resource.ts';
import { Certificate } from './certificate.ts';
import { CERT_MANAGER_API, CLUSTER_ISSUERS, REGION_CA } from './certificates.ts';

export interface AuthorityArgs {
  /** The namespace in which cert-manager looks for the secrets of cluster issuers. */
  readonly certManagerNamespace: string;
}

/** The region's certificate authority, which signs for every service of the region and of the cluster. */
export class Authority extends ComponentResource {
  constructor(name: string, { certManagerNamespace }: AuthorityArgs, options?: ComponentResourceOptions) {
    super('wedsync:security:Authority', name, {}, options);
    const [selfSigned, region] = CLUSTER_ISSUERS;
    // Stacks that were deployed with it as a part of Security keep their authority, where a new one would find its names taken.
    const former = createUrn('security', 'wedsync:security:Security', createUrn(getStack(), 'wedsync:region:Region'));
    const own: CustomResourceOptions = { parent: this, aliases: [{ parent: former }] };
    const issuer = ({ name: issuerName, spec }: (typeof CLUSTER_ISSUERS)[number], after: CustomResourceOptions) =>
      new TypedResource<IClusterIssuer>(
        issuerName,
        { apiVersion: CERT_MANAGER_API, kind: 'ClusterIssuer', metadata: { name: issuerName }, spec },
        { ...own, ...after },
      );
    const authority = new Certificate(
      REGION_CA.secretName,
      { name: REGION_CA.secretName, namespace: certManagerNamespace },
      REGION_CA,
      { ...own, dependsOn: issuer(selfSigned, {}) },
    );
    issuer(region, { dependsOn: authority });
    this.registerOutputs({});
  }
}
