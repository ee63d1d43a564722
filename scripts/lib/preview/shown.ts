import type { Resource } from '../../../local/engine/index.ts';

/** The resources that the program asked for: the engine's own default providers go without saying. */
export function shown(resources: readonly Resource[]): Resource[] {
  return resources.filter(({ type, name }) => !(type.startsWith('pulumi:providers:') && /^default(_|$)/.test(name)));
}
