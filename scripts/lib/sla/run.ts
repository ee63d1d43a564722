import { readFile } from 'node:fs/promises';
import type { Clock } from '@wedsync/domain';
import {
  buildReport,
  folderName,
  keyId,
  measure,
  parseExclusions,
  PrometheusMetrics,
  reportFiles,
  SlaError,
  verifyFiles,
} from '@wedsync/sla-report';
import { busyDaysOf } from '../../../config/bookings.ts';
import { runCommand } from '../command.ts';
import { prometheusClient } from '../prometheus.ts';
import { assertFree, readFolder, writeFolder } from './folder.ts';
import { makeKeyFiles, publicFileOf, readKeyFile, readPublicKeyFile } from './key-file.ts';
import { HELP, parseCommand, reportOrder, type SlaCommand, type SlaCommandName } from './options.ts';
import { describeReport } from './summary.ts';
import { EXIT } from '../usage.ts';

/** What a command prints, and whether it succeeded. */
interface Answer {
  readonly text: string;
  readonly json: unknown;
  readonly ok?: boolean;
}

/** What a command needs besides what it was told. */
interface Around {
  readonly signal: AbortSignal;
  /** Epoch milliseconds. */
  readonly now: number;
}

const COMMANDS: Readonly<Record<SlaCommandName, (command: SlaCommand, around: Around) => Promise<Answer>>> = {
  report: async (command, { signal, now }) => {
    const { period, prometheus, out, exclusions: file } = reportOrder(command, now);
    // Whatever can be refused is refused before anybody waits.
    const key = out === undefined ? undefined : readKeyFile(command.keyFile);
    const exclusions = file === undefined ? [] : parseExclusions(await textOf(file), file);
    if (out !== undefined) assertFree(out, folderName({ region: period.region, period }));
    const measurement = await measure(new PrometheusMetrics(prometheusClient(prometheus, signal)), period, progress);
    const busyDays = busyDaysOf(period.region);
    const report = buildReport({ period, measurement, exclusions, busyDays, now });
    const folder =
      out === undefined || key === undefined
        ? null
        : writeFolder(out, folderName(report), await reportFiles(report, key));
    const { region, verdict, totals, objectives } = report;
    const shares = objectives.map(({ name, target, withExclusions, withoutExclusions }) => ({
      ...{ name, target, withExclusions, withoutExclusions },
    }));
    const where = folder === null ? 'Nothing was written.' : `The report is in ${folder}.`;
    return {
      json: { folder, region, period: report.period, verdict, totals, objectives: shares },
      text: `${describeReport(report)}${where}\n`,
    };
  },

  verify: async ({ folder = '', publicKeyFile }) => {
    const expected = publicKeyFile === undefined ? undefined : readPublicKeyFile(publicKeyFile);
    const found = await verifyFiles(readFolder(folder), expected);
    const whose = found.trusted
      ? 'the given key'
      : `the key in the folder itself: compare its id with the signer’s, or give the key with --public`;
    const good = found.problems.length === 0;
    return {
      json: { folder, genuine: good, ...found },
      ok: good,
      text: good
        ? `${found.report} is as it was signed by ${found.keyId}, ${whose}.\n`
        : `It is not as it was signed:\n${found.problems.map((problem) => `  ${problem}\n`).join('')}`,
    };
  },

  keys: async ({ keyFile }) => {
    const id = await keyId(await makeKeyFiles(keyFile));
    const beside = publicFileOf(keyFile);
    return {
      json: { file: keyFile, publicFile: beside, keyId: id },
      text: `The private key is in ${keyFile}, its public half in ${beside}. Readers of reports need the latter, or its id: ${id}\n`,
    };
  },
};

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new SlaError(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** One line on a terminal, nothing elsewhere. */
function progress(done: number, all: number): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(done < all ? `\rAsking Prometheus: ${done} of ${all}` : '\r\x1b[K');
}

/** Runs `npm run sla` with these arguments, to the exit code of this process. */
export async function runSla(args: readonly string[], clock: Clock): Promise<void> {
  await runCommand(async (signal) => {
    const command = parseCommand(args);
    if (command.help) {
      process.stdout.write(HELP);
      return EXIT.ok;
    }
    const { text, json, ok = true } = await COMMANDS[command.name](command, { signal, now: clock.now() });
    process.stdout.write(command.json ? `${JSON.stringify(json)}\n` : text);
    return ok ? EXIT.ok : EXIT.failed;
  }, 'Interrupted; nothing was written.');
}
