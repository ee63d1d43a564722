import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REGION_NAMES } from '@wedsync/domain';
import { type Forecast, parseHistories, toCsv } from '@wedsync/season-analytics';
import { historiesOf } from '../../../scripts/lib/season/histories.ts';
import { parseCommand } from '../../../scripts/lib/season/options.ts';
import { planRegions } from '../../../scripts/lib/season/plan.ts';
import { ROOT } from '../../../scripts/lib/root.ts';
import { Command } from '../../support/commands/command.ts';

const UNTIL = ['--generated', '--until', '2026-11-25'];

async function season(...args: string[]): Promise<{ code: number | null; output: string; error: string }> {
  const command = new Command('scripts/season.ts', args);
  const code = await command.exited;
  return { code, output: command.output, error: command.error };
}

/** A Prometheus that answers every range query by what `values` has for an instant in seconds. */
function prometheus(value: (expression: string, at: number) => number | undefined): Server {
  return createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const parameters = new URLSearchParams(body);
      const [query, start, end, step] = ['query', 'start', 'end', 'step'].map((name) => parameters.get(name) ?? '');
      const values: [number, string][] = [];
      for (let at = Number(start); at <= Number(end); at += Number(step)) {
        const figure = value(query ?? '', at);
        if (figure !== undefined) values.push([at, String(figure)]);
      }
      const known = request.url === '/api/v1/query_range' && request.method === 'POST';
      response.statusCode = known ? 200 : 404;
      response.end(
        JSON.stringify({
          status: 'success',
          data: { resultType: 'matrix', result: values.length === 0 ? [] : [{ metric: {}, values }] },
        }),
      );
    });
  });
}

describe('npm run season', function () {
  this.timeout(60_000);

  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'wedsync-season-'))));
  after(() => rmSync(folder, { recursive: true }));

  it('has a help text that names its commands and options', async () => {
    const { code, output } = await season('--help');
    assert.equal(code, 0);
    for (const word of [
      'forecast',
      'backtest',
      'plan',
      'export',
      '--generated',
      '--lose',
      '--patch',
      '--json',
      'Exit codes',
    ])
      assert.ok(output.includes(word), word);
  });

  it('exits with 2 and a sentence when it is used wrongly, and with 1 when a file is no history', async () => {
    const [wrong, missing] = await Promise.all([season('plan'), season('plan', '--history', join(folder, 'none.csv'))]);
    assert.deepEqual([wrong.code, wrong.output], [2, '']);
    assert.match(wrong.error, /^No history is given\./);
    assert.deepEqual([missing.code, missing.output], [1, '']);
    assert.match(missing.error, /^\S*none\.csv cannot be read: ENOENT[^\n]*\n$/);
  });

  it('says of a generated history in every output that nothing of it is measured', async () => {
    const outputs = await Promise.all([
      season('forecast', 'uk-south', ...UNTIL, '--json'),
      season('plan', 'uk-south', ...UNTIL, '--json'),
    ]);
    for (const { code, output, error } of outputs) {
      assert.deepEqual([code, error], [0, '']);
      assert.match(
        output,
        /made up for demonstration from 2020-11-27 to 2026-11-25, nothing of it measured \(seed 1\)/,
      );
    }
    const [one] = JSON.parse(outputs[0]?.output ?? '[]') as Forecast[];
    assert.deepEqual([one?.days[0]?.date, one?.days.at(-1)?.date], ['2026-11-26', '2028-05-25']);
  });

  it('says where the model does not surely beat the seasonal naive forecast', async () => {
    const { code, output } = await season('backtest', '--series', 'bench/data/public-series/us-births.csv');
    assert.equal(code, 0);
    assert.match(output, /^Held back: 2013-01-01 to 2014-12-31, forecast from 27 origins/m);
    assert.match(output, /^The model does not surely beat the seasonal naive forecast over all, 1–91 days ahead/m);
    assert.match(output, /seed 1\.\n$/);
  });

  it('holds back what a short history can spare, and forecasts weddings too', async () => {
    const file = join(folder, 'four-years.csv');
    const histories = await historiesOf(parseCommand(['plan', ...UNTIL], 0), new AbortController().signal);
    const short = histories.slice(0, 1).map((history) => ({ ...history, days: history.days.slice(-4 * 365) }));
    writeFileSync(file, toCsv(short));
    const { code, output } = await season('backtest', '--history', file, '--of', 'weddings');
    assert.equal(code, 0);
    assert.match(output, /^Backtest of weddings of uk-south, made up for demonstration/);
    assert.match(output, /^Held back: 2025-11-27 to 2026-11-25/m);
  });

  it('reads a history from Prometheus and writes it as a file that it reads again', async () => {
    const server = prometheus((query, at) => (at % 7200 === 0 ? 100 : 50) * (query.includes('source!~') ? 0.9 : 1));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const file = join(folder, 'measured.csv');
      const { code, output, error } = await season(
        'export',
        'eu-west',
        '--prometheus',
        url,
        '--from',
        '2026-03-28',
        '--until',
        '2026-03-30',
        '--out',
        file,
      );
      assert.deepEqual([code, error, output], [0, '', `3 days are in ${file}.\n`]);
      const [history] = parseHistories(readFileSync(file, 'utf8'), file);
      assert.deepEqual(
        history?.days.map(({ date, queries, hitRate }) => [date, queries, hitRate]),
        [
          ['2026-03-28', 1800, 0.9],
          ['2026-03-29', 1700, 0.9],
          ['2026-03-30', 1800, 0.9],
        ],
      );
    } finally {
      server.close();
    }
  });

  it('says in a sentence when Prometheus does not answer', async () => {
    const { code, error } = await season('forecast', 'eu-west', '--prometheus', 'http://127.0.0.1:9');
    assert.equal(code, 1);
    assert.match(error, /^http:\/\/127\.0\.0\.1:9 does not answer \(.*\)\. Is it the address of a Prometheus\?\n$/);
  });
});

describe('the patch of a plan', function () {
  this.timeout(60_000);

  it('applies to the stack files, and is empty once it is applied', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wedsync-plan-'));
    try {
      const names = REGION_NAMES.map((region) => `Pulumi.${region}.yaml`);
      for (const name of names) copyFileSync(join(ROOT, name), join(folder, name));
      // A stack that was sized by hand, below what its product has.
      const [south = ''] = names.map((name) => join(folder, name));
      writeFileSync(
        south,
        readFileSync(south, 'utf8').replace('minimum: 10', 'minimum: 2').replace('cache: 56', 'cache: 6'),
      );
      const command = parseCommand(['plan', ...UNTIL, '--growth', '3000%'], 0);
      const histories = await historiesOf(command, new AbortController().signal);
      const { patch, plan } = await planRegions(command, histories, folder);
      assert.match(patch, /^-.*\{minimum: 2, maximum: 200\}$/m);
      assert.match(patch, /^\+.*\{minimum: 1\d, maximum: 200\}$/m);
      assert.match(patch, /^\+.*\{cache: 56, queue: 8\}$/m);
      assert.equal(plan.regions.length, 3);
      execFileSync('git', ['init', '--quiet'], { cwd: folder });
      execFileSync('git', ['apply', '-'], { cwd: folder, input: patch });
      assert.equal((await planRegions(command, histories, folder)).patch, '');
      assert.match(readFileSync(south, 'utf8'), /^# London: the primary region\.\n[^]*# 64 GiB in all\.\n/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
