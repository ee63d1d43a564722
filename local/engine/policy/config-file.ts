import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { isObject } from '../values.ts';
import type { PolicyConfig } from './levels.ts';

/** Where a pack keeps what a stack sets about it, one file a stack, in the form of `--policy-pack-config`. */
const STACKS_FOLDER = 'stacks';

/** The file with a stack's settings of a pack; `undefined` where the stack sets nothing. */
export function stackPolicyConfig(packDir: string, stack: string): string | undefined {
  const file = join(packDir, STACKS_FOLDER, `${stack}.json`);
  return existsSync(file) ? file : undefined;
}

/**
 * Reads a file as the Pulumi CLI takes it by `--policy-pack-config`: a level, or a level and properties, by the policy's name.
 *
 * @throws UserError naming the file and what is wrong with it.
 */
export function readPolicyConfig(file: string): PolicyConfig {
  const config = parse(file);
  if (!isObject(config)) {
    throw new UserError(`The policy configuration ${file} must be an object with policies by name.`);
  }
  const wrong = Object.entries(config).find(([, entry]) => typeof entry !== 'string' && !isObject(entry));
  if (wrong) {
    throw new UserError(
      `The policy configuration ${file} has ${JSON.stringify(wrong[1])} for '${wrong[0]}'; allowed are a level, or an object.`,
    );
  }
  return config as PolicyConfig;
}

function parse(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UserError(`The policy configuration ${file} cannot be read.`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UserError(`The policy configuration ${file} is no JSON: ${(error as Error).message}.`);
  }
}
