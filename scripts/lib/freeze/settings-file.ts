import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FreezeError } from '../../../policy-pack/freeze/freeze-error.ts';
import { checkSettings, type FreezeSettings } from '../../../policy-pack/freeze/settings.ts';

/**
 * What a stack sets about its freeze: in `file`, or where the repository in `folder` keeps its settings of the policy pack.
 *
 * @throws FreezeError naming the file, or the setting that is not allowed.
 */
export function freezeSettings(stack: string, folder: string, file?: string): FreezeSettings {
  const own = join(folder, 'policy-pack', 'stacks', `${stack}.json`);
  const from = file ?? (existsSync(own) ? own : undefined);
  if (from === undefined) return {};
  let config: unknown;
  try {
    config = JSON.parse(readFileSync(from, 'utf8'));
  } catch (error) {
    throw new FreezeError(`${from} cannot be used: ${(error as Error).message}`, { cause: error });
  }
  const entry = (config as Record<string, unknown> | null)?.['saturday-freeze'];
  const settings: FreezeSettings = typeof entry === 'object' && entry !== null ? entry : {};
  checkSettings(settings);
  return settings;
}
