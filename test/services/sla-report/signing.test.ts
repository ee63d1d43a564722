import assert from 'node:assert/strict';
import { reportFiles } from '../../../services/sla-report/src/files.ts';
import { measure } from '../../../services/sla-report/src/measure.ts';
import { saturdayPeriod } from '../../../services/sla-report/src/period.ts';
import { buildReport } from '../../../services/sla-report/src/report.ts';
import {
  generateKey,
  keyId,
  parsePrivateKey,
  type PrivateKey,
  publicHalf,
} from '../../../services/sla-report/src/signing/keys.ts';
import { type Files, sha256 } from '../../../services/sla-report/src/signing/manifest.ts';
import { signed } from '../../../services/sla-report/src/signing/sign.ts';
import { verifyFiles } from '../../../services/sla-report/src/signing/verify.ts';
import { fc } from '../../support/property.ts';
import { demonstration } from './support/demonstration.ts';
import { memoryOf, NO_BUSY_DAYS, samplesOf } from './support/month.ts';

const REPORT = ['report.json', 'days.csv', 'report.pdf'];

describe('A signed report', () => {
  let key: PrivateKey;
  let files: Files;
  let again: Files;
  before(async () => {
    key = await generateKey();
    const period = saturdayPeriod('uk-south', '2026-10-17');
    const make = async () => {
      const measurement = await measure(memoryOf(samplesOf(period, demonstration)), period);
      return reportFiles(
        buildReport({ period, measurement, exclusions: [], busyDays: NO_BUSY_DAYS, now: period.until }),
        key,
      );
    };
    files = await make();
    again = await make();
  });

  const problems = async (changed: Files) => (await verifyFiles(changed, publicHalf(key))).problems;
  const flipped = (content: Uint8Array, at: number) => content.map((byte, index) => (index === at ? byte ^ 1 : byte));

  it('is the same to the byte when it is made again', () => {
    assert.deepEqual([...again], [...files]);
  });

  it('is genuine as it is, by the key of its folder or by the one that the reader has', async () => {
    const { trusted, ...found } = await verifyFiles(files);
    assert.deepEqual(found, { report: 'uk-south-2026-10-17', keyId: await keyId(key), problems: [] });
    assert.equal(trusted, false);
    assert.equal((await verifyFiles(files, publicHalf(key))).trusted, true);
  });

  it('tells which file was changed, wherever a bit was', async () => {
    const places = fc
      .constantFrom(...REPORT)
      .chain((name) => fc.tuple(fc.constant(name), fc.nat((files.get(name)?.length ?? 1) - 1)));
    await fc.assert(
      fc.asyncProperty(places, async ([name, at]) => {
        const content = files.get(name) ?? new Uint8Array();
        assert.deepEqual(await problems(new Map([...files, [name, flipped(content, at)]])), [
          `${name} was changed after it was signed.`,
        ]);
      }),
      { numRuns: 50 },
    );
  });

  it('tells what is missing and what does not belong', async () => {
    const fewer = new Map([...files].filter(([name]) => name !== 'days.csv'));
    assert.deepEqual(await problems(fewer), ['days.csv is missing.']);
    assert.deepEqual(await problems(new Map([...files, ['notes.txt', new Uint8Array()]])), [
      'notes.txt is no part of the report.',
    ]);
  });

  it('is not saved by a manifest that was mended too', async () => {
    const content = flipped(files.get('days.csv') ?? new Uint8Array(), 0);
    const manifest = Buffer.from(files.get('manifest.json') ?? '').toString();
    const mended = manifest.replace(sha256(files.get('days.csv') ?? new Uint8Array()), sha256(content));
    assert.notEqual(mended, manifest);
    const changed = new Map([...files, ['days.csv', content], ['manifest.json', Buffer.from(mended)]] as const);
    assert.match((await problems(changed)).join(), /^manifest\.json is not what the given key .* signed/);
  });

  it('is not saved by another signature or key', async () => {
    const other = await generateKey();
    const forged = await signed(
      'uk-south-2026-10-17',
      new Map([...files].filter(([name]) => REPORT.includes(name))),
      other,
    );
    assert.match((await problems(forged)).join(), /is not what the given key/);
    assert.deepEqual((await verifyFiles(forged)).problems, [], 'the folder alone cannot know');
    const swapped = new Map([...files, ['public-key.json', Buffer.from(JSON.stringify(publicHalf(other)))]] as const);
    assert.deepEqual(await problems(swapped), ['public-key.json holds another key than the one that signed.']);
    assert.match((await verifyFiles(swapped)).problems.join(), /is not what the key in public-key\.json/);
  });

  it('cannot be told of without manifest or signature', async () => {
    for (const name of ['manifest.json', 'manifest.jws'])
      await assert.rejects(
        problems(new Map([...files].filter(([own]) => own !== name))),
        new RegExp(`${name} is missing`),
      );
  });

  it('needs a key that is one', () => {
    const { d, ...half } = key;
    for (const text of [
      '',
      '{}',
      JSON.stringify(half),
      JSON.stringify({ ...key, crv: 'P-256' }),
      JSON.stringify({ ...key, d: d.slice(1) }),
    ])
      assert.throws(() => parsePrivateKey(text, 'key.json'), /key\.json holds no private Ed25519 key/);
  });
});
