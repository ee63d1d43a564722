import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrometheusMetrics } from '../../../services/sla-report/src/adapters/prometheus.ts';
import { parseReport } from '../../../services/sla-report/src/output/json.ts';
import { measure, QUERIES } from '../../../services/sla-report/src/measure.ts';
import { monthPeriod } from '../../../services/sla-report/src/period.ts';
import type { Report } from '../../../services/sla-report/src/schema.ts';
import { Command } from '../../support/commands/command.ts';
import { prometheusClient, TestPrometheus } from '../../support/prometheus.ts';
import { testCertificate } from '../../support/redis/certificates.ts';
import { AGREED, demonstration } from './support/demonstration.ts';
import { memoryOf, openMetricsOf, samplesOf } from './support/month.ts';

/** Blocks are thrown away by the age of the newest one, so Prometheus keeps this month however long ago it was. */
const OCTOBER = monthPeriod('uk-south', '2026-10');
/** When the reports are made, whatever this machine's clock shows. */
const NOW = '2026-11-02T09:00:00Z';

describe('npm run sla', function () {
  this.timeout(120_000);
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'sla-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const path = (name: string) => join(folder, name);
  async function sla(...args: string[]) {
    const command = new Command('test/services/sla-report/support/sla-at.ts', [NOW, ...args]);
    const code = await command.exited;
    return { code, output: command.output, error: command.error };
  }
  const report = (...args: string[]) => sla('report', '--region', 'uk-south', '--key', path('key.json'), ...args);

  describe('without Prometheus', () => {
    before(() => sla('keys', '--key', path('key.json')));

    it('explains itself', async () => {
      const command = new Command('scripts/sla.ts', ['--help']);
      assert.equal(await command.exited, 0);
      assert.match(command.output, /Usage: npm run sla -- report/);
    });

    it('made a key that only its owner reads, its public half beside it, and makes none in its place', async () => {
      assert.equal(statSync(path('key.json')).mode & 0o777, 0o600);
      assert.deepEqual(Object.keys(JSON.parse(readFileSync(path('key.public.json'), 'utf8')) as object), [
        'kty',
        'crv',
        'x',
      ]);
      const again = await sla('keys', '--key', path('key.json'));
      assert.equal(again.code, 1);
      assert.match(again.error, /is there already/);
    });

    it('refuses what it does not understand, and says what is allowed', async () => {
      const period = ['--month', '2026-10'];
      const from = ['--prometheus', 'http://127.0.0.1:9', '--out', folder];
      for (const [args, words] of [
        [[], /The command is missing\. Allowed: report, verify, keys/],
        [['report', '--region', 'mars', ...period, ...from], /--region is "mars"\. Allowed: uk-south/],
        [['report', '--region', 'uk-south', ...from], /Give one of --month/],
        [['report', '--region', 'uk-south', ...period, '--saturday', '2026-10-17', ...from], /Give one of --month/],
        [['report', '--region', 'uk-south', '--saturday', '2026-10-18', ...from], /is no Saturday/],
        [['report', '--region', 'uk-south', ...period, '--prometheus', 'nowhere', '--out', folder], /Allowed: an http/],
        [['report', '--region', 'uk-south', ...period, '--prometheus', 'http://127.0.0.1:9'], /--out is missing/],
        [['verify'], /verify FOLDER/],
        [['report', '--nonsense'], /Unknown option '--nonsense'\. See/],
      ] as const) {
        const { code, error, output } = await sla(...args);
        assert.deepEqual([code, output], [2, '']);
        assert.match(error, words);
      }
    });

    it('refuses a period that has not ended', async () => {
      const { code, error } = await report('--month', '2026-11', '--prometheus', 'http://127.0.0.1:9', '--out', folder);
      assert.equal(code, 1);
      assert.match(error, /November 2026 is over on Tuesday 1 December 2026 00:00 GMT.*--so-far/);
    });

    it('says when nobody answers', async () => {
      const args = ['--month', '2025-10', '--prometheus', 'http://127.0.0.1:9', '--out', path('out')];
      const { code, error } = await report(...args);
      assert.equal(code, 1);
      assert.match(error, /^http:\/\/127\.0\.0\.1:9 does not answer \(.*\)\. Is it the address/);
    });

    it('says why the authority of Prometheus is none', async () => {
      const args = ['--month', '2025-10', '--out', path('out'), '--prometheus-ca', path('nothing.crt')];
      const missing = await report(...args, '--prometheus', 'https://127.0.0.1:9');
      assert.deepEqual(
        [missing.code, /--prometheus-ca is .*nothing\.crt, which cannot be read/.test(missing.error)],
        [2, true],
      );
      const plain = await report(...args, '--prometheus', 'http://127.0.0.1:9');
      assert.deepEqual([plain.code, /--prometheus-ca is for an https URL/.test(plain.error)], [2, true]);
    });

    it('refuses a key that others can read, and exclusions that are none, before it asks anybody', async () => {
      writeFileSync(path('wrong.json'), '[{"from":"yesterday"}]');
      const args = ['--month', '2025-10', '--prometheus', 'http://127.0.0.1:9', '--out', path('out')];
      assert.match((await report(...args, '--exclusions', path('wrong.json'))).error, /wrong\.json at \/0/);
      chmodSync(path('key.json'), 0o644);
      assert.match((await report(...args)).error, /can be read by others/);
      chmodSync(path('key.json'), 0o600);
    });
  });

  describe('with a real Prometheus that has seen a month', () => {
    let prometheus: TestPrometheus;
    let args: string[];
    let made: string;
    before(async () => {
      await sla('keys', '--key', path('key.json'));
      writeFileSync(path('agreed.json'), AGREED);
      prometheus = await TestPrometheus.start('', openMetricsOf(samplesOf(OCTOBER, demonstration)));
      args = ['--prometheus', prometheus.url, '--month', '2026-10', '--exclusions', path('agreed.json')];
      made = join(path('out'), 'uk-south-2026-10');
    });
    after(() => prometheus?.stop());

    it('measures what memory does, and refuses what is no query', async () => {
      const real = await measure(new PrometheusMetrics(prometheusClient(prometheus.url)), OCTOBER);
      const { samples, earliest, otherTargets } = await measure(memoryOf(samplesOf(OCTOBER, demonstration)), OCTOBER);
      assert.deepEqual([real.samples, real.earliest, real.otherTargets], [samples, earliest, otherTargets]);
      assert.deepEqual([real.source, /\d/.test(real.retention ?? '')], [prometheus.url, true]);
      const span = { from: OCTOBER.from / 1000, until: OCTOBER.until / 1000, step: 300 };
      await assert.rejects(
        new PrometheusMetrics(prometheusClient(prometheus.url)).range('sum(', span),
        /refused "sum\(" with status 400/,
      );
      assert.deepEqual(
        await new PrometheusMetrics(prometheusClient(prometheus.url)).range(`${QUERIES.bad} > Inf`, span),
        [],
      );
    });

    it('asks one that answers under TLS, and believes only the authority that it was given', async () => {
      const [certificate, stranger] = [await testCertificate(['127.0.0.1']), await testCertificate(['127.0.0.1'])];
      const history = openMetricsOf(samplesOf(OCTOBER, demonstration));
      const secured = await TestPrometheus.start('', history, certificate);
      try {
        writeFileSync(path('ca.crt'), certificate.ca);
        writeFileSync(path('stranger.crt'), stranger.ca);
        const asked = ['--prometheus', secured.url, ...args.slice(2), '--dry-run', '--prometheus-ca'];
        const { code, output } = await report(...asked, path('ca.crt'));
        assert.deepEqual([code, /uk-south kept 3 of 4 promises in October 2026/.test(output)], [0, true]);
        for (const others of [[...asked, path('stranger.crt')], asked.slice(0, -1)]) {
          const refused = await report(...others);
          assert.equal(refused.code, 1);
          assert.match(refused.error, /does not answer \(.*certificate.*\)/);
        }
      } finally {
        await secured.stop();
      }
    });

    it('reckons and writes nothing when told so', async () => {
      const { code, output } = await report(...args, '--dry-run');
      assert.equal(code, 0);
      assert.match(output, /uk-south kept 3 of 4 promises in October 2026/);
      assert.match(output, /Nothing was written\./);
      assert.ok(!readdirSync(folder).includes('out'));
    });

    it('writes the report, whole, signed and once', async () => {
      const { code, output } = await report(...args, '--out', path('out'), '--json');
      assert.equal(code, 0);
      const told = JSON.parse(output) as Pick<Report, 'verdict' | 'totals'> & { folder: string };
      assert.equal(told.folder, made);
      assert.deepEqual(readdirSync(path('out')), ['uk-south-2026-10']);
      assert.deepEqual(readdirSync(made), [
        ...['days.csv', 'manifest.json', 'manifest.jws', 'public-key.json', 'report.json', 'report.pdf'],
      ]);
      const written = parseReport(readFileSync(join(made, 'report.json'), 'utf8'), 'report.json');
      assert.deepEqual([written.verdict, written.totals], [told.verdict, told.totals]);
      assert.equal(written.generatedAt, '2026-11-02T09:00:00.000Z');
      assert.equal(Math.round(written.totals.requests), 97_996_436);
      assert.equal(readFileSync(join(made, 'report.pdf')).subarray(0, 5).toString(), '%PDF-');
      const again = await report(...args, '--out', path('out'));
      assert.deepEqual([again.code, again.output], [1, '']);
      assert.match(again.error, /is there already/);
    });

    it('finds it genuine, and then which file was changed', async () => {
      const genuine = await sla('verify', made, '--public', path('key.public.json'));
      assert.equal(genuine.code, 0, genuine.error);
      assert.match(genuine.output, /uk-south-2026-10 is as it was signed by .*, the given key\./);
      appendFileSync(join(made, 'days.csv'), 'uk-south,2026-11-01\r\n');
      const changed = await sla('verify', made);
      assert.equal(changed.code, 1);
      assert.equal(changed.output, 'It is not as it was signed:\n  days.csv was changed after it was signed.\n');
      const asJson = await sla('verify', made, '--json');
      assert.equal((JSON.parse(asJson.output) as { genuine: boolean }).genuine, false);
    });

    it('says so of a time that Prometheus does not hold', async () => {
      const { code, error } = await report('--prometheus', prometheus.url, '--month', '2025-02', '--out', path('out'));
      assert.equal(code, 1);
      assert.match(
        error,
        /holds nothing of the objectives from 2025-02-01T00:00:00\.000Z to .*It keeps .*older period/,
      );
    });

    it('makes the report of one Saturday of it', async () => {
      const saturday = ['--prometheus', prometheus.url, '--saturday', '2026-10-17', '--out', path('out'), '--json'];
      const { code, output } = await report(...saturday);
      assert.equal(code, 0);
      const { verdict } = JSON.parse(output) as Report;
      assert.match(
        verdict,
        /^uk-south kept 2 of 3 promises on Saturday 17 October 2026, and broke availability-peak \(99\.9\d\d % instead of 99\.98 %\)\.$/,
      );
    });
  });
});
