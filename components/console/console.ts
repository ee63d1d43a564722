import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { Deployment } from '@pulumi/kubernetes/apps/v1/deployment.js';
import { Secret } from '@pulumi/kubernetes/core/v1/secret.js';
import { Service } from '@pulumi/kubernetes/core/v1/service.js';
import { PodDisruptionBudget } from '@pulumi/kubernetes/policy/v1/podDisruptionBudget.js';
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from '@pulumi/pulumi';
import { RandomPassword } from '@pulumi/random/randomPassword.js';
import { hashOfToken, SERVICE_NAME } from '@wedsync/region-operator/contract';
import { Certificate } from '../security/certificate.ts';
import { serviceImage, type ServiceImageSource } from '../shared/service-image.ts';
import { serviceName } from '../shared/service-names.ts';
import { TypedResource } from '../shared/typed-resource.ts';
import { SECRET_KEYS } from './operator-pod.ts';
import { type ConsoleFigures, planConsole, SERVICE_PORT } from './plan.ts';

export interface ConsoleArgs extends Omit<ConsoleFigures, 'image'> {
  /** Where the operator's image comes from: one that exists, or one to build. */
  readonly image: ServiceImageSource;
  /** The token of the engine's administration API. */
  readonly adminToken: Input<string>;
  /** Who may sign in, as the operator's accounts file has it. @default one admin, with a token made at random */
  readonly accounts?: Output<string> | undefined;
}

/** The admin who may sign in where nobody else was named. */
export const FIRST_ACCOUNT = 'admin';
const SECRET_LENGTH = 48;

/** The console of a region, and the operator that serves it: image, certificate, accounts, Deployment, Service, monitor, disruption budget. */
export class Console extends ComponentResource {
  /** The Service's URL inside the cluster. */
  readonly url: string;
  /** The token of the admin that was made; a secret, `undefined` where the accounts were given. */
  readonly token: Output<string> | undefined;

  constructor(name: string, args: ConsoleArgs, options?: ComponentResourceOptions) {
    super('wedsync:console:Console', name, {}, options);
    const parent = { parent: this };
    const plan = planConsole({ ...args, image: serviceImage(SERVICE_NAME, args.image, parent) });
    const metadata = (object: string) => ({ name: object, namespace: args.place.namespace, labels: plan.labels });
    const made = (what: string) =>
      new RandomPassword(`${name}-${what}`, { length: SECRET_LENGTH, special: false }, parent).result;

    this.token = args.accounts === undefined ? made('token') : undefined;
    const accounts = args.accounts ?? this.token?.apply((token) => `${FIRST_ACCOUNT} admin ${hashOfToken(token)}\n`);
    const secret = new Secret(
      plan.names.secret,
      {
        metadata: metadata(plan.names.secret),
        stringData: {
          [SECRET_KEYS.adminToken]: args.adminToken,
          [SECRET_KEYS.accounts]: accounts ?? '',
          [SECRET_KEYS.sessionKey]: made('session-key'),
        },
      },
      parent,
    );
    const certificate = new Certificate(
      plan.names.tls,
      { namespace: args.place.namespace, name: plan.names.tls },
      plan.certificate,
      parent,
    );
    new Deployment(
      name,
      { metadata: metadata(args.place.name), spec: plan.deployment },
      { parent: this, dependsOn: [secret, certificate] },
    );
    new Service(name, { metadata: metadata(args.place.name), spec: plan.service }, parent);
    new TypedResource<IServiceMonitor>(
      `${name}-metrics`,
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'ServiceMonitor',
        metadata: metadata(args.place.name),
        spec: plan.monitor,
      },
      parent,
    );
    new PodDisruptionBudget(name, { metadata: metadata(args.place.name), spec: plan.disruptionBudget }, parent);

    this.url = `https://${serviceName(args.place)}:${SERVICE_PORT}`;
    this.registerOutputs({ url: this.url, token: this.token });
  }
}
