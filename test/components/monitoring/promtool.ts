/** promtool's unit tests of rules, from cases that are written as data. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type RuleGroup, ruleSpec } from '../../../components/monitoring/rules.ts';

const run = promisify(execFile);
const SAMPLE_SECONDS = 15;

/** What was, and what is said of it. */
export interface AlertCase {
  readonly name: string;
  /** Series by name and labels, with promtool's notation of values: one a quarter of a minute; `N` is as many as there is time for. */
  readonly series: Readonly<Record<string, string>>;
  /** When it is looked at, from the beginning on. */
  readonly at: string;
  /** Names of all alerts that fire then; with `, again` after it, what calls the next one in line. RegionWatchdog, which always fires, is left out. */
  readonly firing: readonly string[];
}

/** Runs `promtool test rules` over all cases, with all rules worked out every `evaluationSeconds`; rejects with what it says. */
export async function promtoolTest(
  groups: readonly RuleGroup[],
  cases: readonly AlertCase[],
  evaluationSeconds = SAMPLE_SECONDS,
): Promise<void> {
  await inFolder(groups, async (folder) => {
    const test = {
      rule_files: ['rules.json'],
      evaluation_interval: `${evaluationSeconds}s`,
      // In the order of the cluster: a rule sees what the group before it wrote.
      group_eval_order: groups.map(({ name }) => name),
      tests: cases.map(({ name, series, at, firing }) => ({
        name,
        interval: `${SAMPLE_SECONDS}s`,
        input_series: Object.entries(series).map(([of, values]) => ({
          series: of,
          values: values.replaceAll('xN', `x${samples(at)}`),
        })),
        promql_expr_test: [
          {
            expr: 'count by (alertname, step) (ALERTS{alertstate="firing",alertname!="RegionWatchdog"}) * 0',
            eval_time: at,
            exp_samples: [...firing].sort().map((alert) => ({ labels: labelsOf(alert), value: 0 })),
          },
        ],
      })),
    };
    const file = join(folder, 'test.json');
    writeFileSync(file, JSON.stringify(test));
    await promtool(['test', 'rules', file]);
  });
}

function labelsOf(alert: string): string {
  const [name, again] = alert.split(', ');
  return `{alertname="${name}"${again === undefined ? '' : ',step="2"'}}`;
}

/** Samples until an instant such as `1h5m`. */
function samples(at: string): number {
  const [, hours = 0, minutes = 0, seconds = 0] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(at) ?? [];
  return Math.ceil((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) / SAMPLE_SECONDS) + 1;
}

/** Runs `promtool check rules`. */
export async function promtoolCheck(groups: readonly RuleGroup[]): Promise<void> {
  await inFolder(groups, (folder) =>
    promtool(['check', 'rules', '--lint=all', '--lint-fatal', join(folder, 'rules.json')]),
  );
}

async function inFolder(groups: readonly RuleGroup[], work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'wedsync-rules-'));
  try {
    // JSON is YAML.
    writeFileSync(join(folder, 'rules.json'), JSON.stringify(ruleSpec(groups, 'docs/runbook.md')));
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function promtool(args: readonly string[]): Promise<void> {
  try {
    await run('promtool', [...args]);
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`promtool ${args.slice(0, 2).join(' ')}:\n${stdout}${stderr}`, { cause: error });
  }
}
