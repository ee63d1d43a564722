import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import type { CustomResourceOptions } from '@pulumi/pulumi';
import type { Place } from '../shared/service-names.ts';
import { TypedResource } from '../shared/typed-resource.ts';
import { CERT_MANAGER_API, type CertificateSpec } from './certificates.ts';

/** A cert-manager Certificate; its Secret follows as soon as the issuer has signed. */
export class Certificate extends TypedResource<ICertificate> {
  constructor(name: string, place: Place, spec: CertificateSpec, options?: CustomResourceOptions) {
    super(name, { apiVersion: CERT_MANAGER_API, kind: 'Certificate', metadata: { ...place }, spec }, options);
  }
}
