import { packageOf } from '../urn.ts';
import { fillComputedFrom } from './computed.ts';
import { dockerBuildProvider, type ImageBuilder } from './docker-build.ts';
import { genericProvider } from './generic.ts';
import { kubernetesProvider } from './kubernetes.ts';
import { fillUnknownFrom } from './output-only.ts';
import type { Providers, ResourceProvider } from './provider.ts';
import { randomProvider } from './random.ts';

/** Finds the provider in charge of a type or function token. */
export type FindProvider = (token: string) => ResourceProvider;

export interface ProviderSettings {
  /** Where the SDKs are found that tell which properties only an update can know. */
  readonly programDir: string;
  readonly imageBuilder: ImageBuilder | undefined;
  /** Take the place of the engine's own, or speak for further packages. */
  readonly overrides: Providers;
}

/** The engine's own providers with the overrides over them; every other package gets the generic one. */
export function providerRegistry({ programDir, imageBuilder, overrides }: ProviderSettings): FindProvider {
  const fillUnknown = fillUnknownFrom(programDir);
  const fillComputed = fillComputedFrom(programDir);
  const generic = genericProvider((type, inputs) => fillComputed(type, fillUnknown(type, inputs)));
  const providers = new Map<string, ResourceProvider>([
    ['kubernetes', kubernetesProvider(fillUnknown)],
    ['random', randomProvider(fillUnknown)],
    ['docker-build', dockerBuildProvider(fillUnknown, imageBuilder)],
    ...Object.entries(overrides),
  ]);
  return (token) => providers.get(packageOf(token)) ?? generic;
}
