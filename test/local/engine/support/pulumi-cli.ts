import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { FIXTURES, PASSPHRASE, POLICY_CONFIG } from './everything.ts';
import { MODULES } from './project.ts';

const execute = promisify(execFile);

/** A resource as the CLI writes it into a preview's JSON or a stack's export. */
export interface CliResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly external?: boolean;
  readonly id?: string;
  readonly parent?: string;
  readonly protect?: boolean;
  readonly provider?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
}

export interface CliResult {
  readonly resources: readonly CliResource[];
  /** `policy|level|urn|message`, sorted. */
  readonly violations: readonly string[];
}

/** True if the CLI and its Node language host are on the PATH. */
export async function hasPulumi(): Promise<boolean> {
  try {
    await execute('pulumi', ['version'], { env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: 'true' } });
    return true;
  } catch {
    return false;
  }
}

/** Runs the fixture through the CLI in a folder of its own, with a file backend there. */
export class PulumiCli {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    for (const name of ['home', 'backend', 'bin']) mkdirSync(path.join(folder, name));
    for (const name of ['everything', 'pack']) {
      cpSync(path.join(FIXTURES, name), path.join(folder, name), { recursive: true });
    }
    symlinkSync(MODULES, path.join(folder, 'node_modules'));
    for (const pkg of ['echo', 'kubernetes', 'random']) {
      const plugin = path.join(folder, 'bin', `pulumi-resource-${pkg}`);
      const script = path.join(FIXTURES, 'plugin', 'provider.js');
      writeFileSync(plugin, `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`);
      chmodSync(plugin, 0o755);
    }
    writeFileSync(path.join(folder, 'policies.json'), JSON.stringify(POLICY_CONFIG));
  }

  /** Brings up the stack to which the other one refers. */
  async base(): Promise<void> {
    await this.#pulumi('stack', 'init', 'base');
    await this.#pulumi('up', '-s', 'base', '--yes', '--skip-preview');
    await this.#pulumi('stack', 'init', 'full');
  }

  async preview(): Promise<CliResult> {
    const output = await this.#pulumi('preview', '-s', 'full', '--json', ...this.#policies('preview'));
    const { steps } = JSON.parse(output) as { steps: readonly { newState: CliResource }[] };
    return { resources: steps.map(({ newState }) => newState), violations: this.#violations('preview') };
  }

  async update(): Promise<CliResult> {
    await this.#pulumi('up', '-s', 'full', '--yes', '--skip-preview', ...this.#policies('update'));
    const output = await this.#pulumi('stack', 'export', '-s', 'full', '--show-secrets');
    const { deployment } = JSON.parse(output) as { deployment: { resources: readonly CliResource[] } };
    return { resources: deployment.resources, violations: this.#violations('update') };
  }

  #policies(log: string): string[] {
    const config = path.join(this.#folder, 'policies.json');
    return ['--policy-pack', '../pack', '--policy-pack-config', config, '--event-log', this.#log(log)];
  }

  #log(name: string): string {
    return path.join(this.#folder, `${name}.events`);
  }

  #violations(log: string): string[] {
    interface PolicyEvent {
      readonly policyName: string;
      readonly enforcementLevel: string;
      readonly resourceUrn?: string;
      readonly message: string;
    }
    const events = readFileSync(this.#log(log), 'utf8').trim().split('\n');
    return events
      .map((line) => (JSON.parse(line) as { policyEvent?: PolicyEvent }).policyEvent)
      .filter((event) => event !== undefined)
      .map((event) =>
        [event.policyName, event.enforcementLevel, event.resourceUrn ?? '', event.message.trim()].join('|'),
      )
      .sort();
  }

  async #pulumi(...args: string[]): Promise<string> {
    const bins = [path.join(this.#folder, 'bin'), path.dirname(process.execPath), process.env['PATH'] ?? ''];
    const { stdout } = await execute('pulumi', [...args, '--non-interactive'], {
      cwd: path.join(this.#folder, 'everything'),
      maxBuffer: 64 * 1024 * 1024,
      env: {
        ...process.env,
        PATH: bins.join(path.delimiter),
        PULUMI_HOME: path.join(this.#folder, 'home'),
        PULUMI_BACKEND_URL: `file://${path.join(this.#folder, 'backend')}`,
        PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
        PULUMI_SKIP_UPDATE_CHECK: 'true',
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
        // Unhides --event-log, the only place where the CLI writes violations for programs to read.
        PULUMI_DEBUG_COMMANDS: 'true',
        NO_COLOR: '1',
      },
    });
    return stdout;
  }
}
