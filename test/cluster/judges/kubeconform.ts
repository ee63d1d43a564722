import { join } from 'node:path';
import { runCommand } from '../../../scripts/lib/cluster-tests/run.ts';
import { program } from '../control-plane/programs.ts';
import type { Finding } from './findings.ts';
import { SCHEMA_LOCATION } from './schemas.ts';

interface Report {
  readonly resources?: readonly {
    readonly kind: string;
    readonly name: string;
    readonly status: string;
    readonly msg: string;
  }[];
  readonly summary: {
    readonly valid: number;
    readonly invalid: number;
    readonly errors: number;
    readonly skipped: number;
  };
}

/** What kubeconform objects to in a folder of manifests, and how many it found valid. */
export async function kubeconform(folder: string, schemas: string): Promise<{ findings: Finding[]; valid: number }> {
  const { stdout, stderr } = await runCommand([
    ...[program('kubeconform'), '-strict', '-summary', '-output', 'json'],
    ...['-schema-location', join(schemas, SCHEMA_LOCATION), folder],
  ]);
  if (stdout === '') throw new Error(`kubeconform failed: ${stderr}`);
  const { resources = [], summary } = JSON.parse(stdout) as Report;
  const findings = resources.map(({ kind, name, status, msg }): Finding => {
    return { judge: 'kubeconform', check: status, object: `${kind}/${name}`, message: msg };
  });
  return { findings, valid: summary.valid };
}
