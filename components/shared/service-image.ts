import { Image } from '@pulumi/docker-build/image.js';
import type { ComponentResourceOptions, Input } from '@pulumi/pulumi';

/** An image that exists, by digest, or a registry to push to what is built from this repository. */
export type ServiceImageSource =
  | { readonly kind: 'existing'; readonly reference: string }
  | { readonly kind: 'build'; readonly registry: string; readonly version: string };

/** The image reference of one of the repository's services, by digest. `service` is its folder under `services`, and its name at the registry. */
export function serviceImage(
  service: string,
  source: ServiceImageSource,
  options: ComponentResourceOptions,
): Input<string> {
  if (source.kind === 'existing') return source.reference;
  return new Image(
    `${service}-image`,
    {
      context: { location: '.' },
      dockerfile: { location: `services/${service}/Dockerfile` },
      platforms: ['linux/amd64'],
      tags: [`${source.registry}/${service}:${source.version}`],
      push: true,
      // A preview changes nothing, so it builds nothing.
      buildOnPreview: false,
    },
    options,
  ).ref;
}
