import { ensurePythonTool } from '../python-tool.ts';

/** The version whose checks test/cluster/judges/waivers.ts is written for. */
const VERSION = '3.3.30';

/**
 * The checkov command, installed when it is missing.
 * @param onInstall called before anything is installed.
 * @throws an Error, meant to be shown, when Python lacks what that needs.
 */
export async function ensureCheckov(onInstall: () => void, signal: AbortSignal): Promise<string> {
  return ensurePythonTool('checkov', VERSION, onInstall, signal);
}
