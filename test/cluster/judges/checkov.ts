import { runCommand } from '../../../scripts/lib/cluster-tests/run.ts';
import { program } from '../control-plane/programs.ts';
import type { Finding } from './findings.ts';

interface Report {
  readonly summary: { readonly passed: number; readonly parsing_errors: number };
  readonly results: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly check_name: string;
      readonly resource: string;
      readonly file_path: string;
    }[];
  };
}

/** What checkov objects to in a folder of manifests and those below it, and how many checks they passed. */
export async function checkov(folder: string): Promise<{ findings: Finding[]; passed: number }> {
  // Nothing leaves this machine, and no newer opinion comes in.
  const offline = ['--skip-download', '--skip-results-upload'];
  const { stdout, stderr } = await runCommand(
    [
      program('checkov'),
      '--directory',
      folder,
      '--framework',
      'kubernetes',
      '--compact',
      '--output',
      'json',
      ...offline,
    ],
    { env: { ...process.env, LOG_LEVEL: 'ERROR' } },
  );
  if (!stdout.startsWith('{')) throw new Error(`checkov failed: ${stderr}${stdout}`);
  const { summary, results } = JSON.parse(stdout) as Report;
  if (summary.parsing_errors > 0) throw new Error(`checkov could not read ${summary.parsing_errors} files: ${stderr}`);
  const findings = results.failed_checks.map(({ check_id, check_name, resource, file_path }): Finding => {
    return {
      judge: 'checkov',
      check: check_id,
      object: resource.replaceAll('.', '/'),
      message: `${check_name} (${file_path})`,
    };
  });
  return { findings, passed: summary.passed };
}
