import { Image } from '@pulumi/docker-build/image.js';
import type { ComponentResourceOptions, Input } from '@pulumi/pulumi';

/** An image that exists, by digest, or a registry to push to what is built from this repository. */
export type EngineImageSource =
  | { readonly kind: 'existing'; readonly reference: string }
  | { readonly kind: 'build'; readonly registry: string; readonly version: string };

/** The engine's image reference, by digest. */
export function engineImage(name: string, source: EngineImageSource, options: ComponentResourceOptions): Input<string> {
  if (source.kind === 'existing') return source.reference;
  return new Image(
    `${name}-image`,
    {
      context: { location: '.' },
      dockerfile: { location: 'services/cache-engine/Dockerfile' },
      platforms: ['linux/amd64'],
      tags: [`${source.registry}/cache-engine:${source.version}`],
      push: true,
      // A preview changes nothing, so it builds nothing.
      buildOnPreview: false,
    },
    options,
  ).ref;
}
