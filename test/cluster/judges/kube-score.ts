import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../../scripts/lib/cluster-tests/run.ts';
import { program } from '../control-plane/programs.ts';
import type { Finding } from './findings.ts';

interface ScoredObject {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string; readonly namespace?: string };
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly path: string; readonly summary: string }[] | null;
  }[];
}

/** The grade that kube-score calls critical; a warning has 5, and 10 is all well. */
const CRITICAL = 1;

/** What kube-score calls critical in a folder of manifests, and how many objects it scored. */
export async function kubeScore(folder: string): Promise<{ findings: Finding[]; scored: number }> {
  const files = readdirSync(folder).map((file) => join(folder, file));
  const command = [program('kube-score'), 'score', '--output-format', 'json', ...files];
  const { stdout, stderr } = await runCommand(command);
  if (!stdout.startsWith('[')) throw new Error(`kube-score failed: ${stderr}${stdout}`);
  const objects = JSON.parse(stdout) as readonly ScoredObject[];
  const findings = objects.flatMap(({ type_meta: { kind }, object_meta: { namespace, name }, checks }) =>
    checks
      .filter(({ grade, skipped }) => grade <= CRITICAL && !skipped)
      .map(({ check, comments }): Finding => {
        const message = (comments ?? []).map(({ path, summary }) => `${path}: ${summary}`).join('; ');
        return {
          judge: 'kube-score',
          check: check.id,
          object: [kind, namespace, name].filter(Boolean).join('/'),
          message,
        };
      }),
  );
  return { findings, scored: objects.length };
}
