import { readFileSync } from 'node:fs';
import yaml from 'js-yaml';

interface StackFile {
  readonly config: Record<string, unknown>;
}

const read = (file: string) => yaml.load(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')) as StackFile;

const EXISTING = { 'wedsync:platform': 'existing' };

/** What a stack's own file says. */
export function stackFile(stack: string): Readonly<Record<string, unknown>> {
  return read(`Pulumi.${stack}.yaml`).config;
}

/**
 * The configuration of a stack as Pulumi hands it to the program: the project's defaults under the stack file's values. The cluster is
 * taken to be there already unless `changes` name a platform, so that a test sees no cloud by surprise.
 */
export function stackConfig(stack: string, changes: Record<string, unknown> = {}): Record<string, string> {
  const declared = Object.entries(read('Pulumi.yaml').config) as [string, { default?: unknown }][];
  const defaults = Object.fromEntries(declared.map(([key, { default: value }]) => [key, value]));
  const values = Object.entries({ ...defaults, ...read(`Pulumi.${stack}.yaml`).config, ...EXISTING, ...changes });
  return Object.fromEntries(
    values
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}
