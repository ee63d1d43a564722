import { ensurePythonTool } from '../python-tool.ts';

/** The version on which the checks and their settings were tried. */
const VERSION = '4.32.5';

/**
 * The schemathesis command, installed when it is missing.
 * @param onInstall called before anything is installed.
 * @throws an Error, meant to be shown, when Python lacks what that needs.
 */
export async function ensureSchemathesis(onInstall: () => void, signal: AbortSignal): Promise<string> {
  return ensurePythonTool('schemathesis', VERSION, onInstall, signal);
}
