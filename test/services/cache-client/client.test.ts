import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CLIENT_FOLDER, generateClient } from '../../../scripts/lib/client/generate.ts';
import { createCacheClient, type CacheApi } from '../../../services/cache-client/src/index.ts';
import { ADMIN_TOKEN, startEngine, type TestEngine } from '../cache-engine/support/engine.ts';

/** What the generator writes into a folder. */
async function written(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const name of glob('{openapi.json,src/generated/**/*.ts}', { cwd: folder })) names.push(name);
  return names.sort();
}

describe('the client of the answer cache', () => {
  let engine: TestEngine;
  let cache: CacheApi;
  let administration: CacheApi;
  before(async () => {
    engine = await startEngine();
    cache = createCacheClient({ baseUrl: engine.url, apiKey: await engine.keyFor('smith') });
    administration = createCacheClient({ baseUrl: `${engine.url}/`, apiKey: ADMIN_TOKEN });
  });
  after(() => engine.close());

  const ask = (question: string, weddingId = 'w1') =>
    cache.answerQuery({
      body: { vendorId: 'smith', vendorType: 'photographer', weddingId, weddingDate: '2026-08-15', question },
      throwOnError: true,
    });

  it('is what its generator makes of the engine as it is now', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wedsync-client-'));
    try {
      await generateClient(folder);
      const names = await written(folder);
      assert.ok(names.length > 10);
      assert.deepEqual(await written(CLIENT_FOLDER), names);
      for (const name of names)
        assert.ok(
          readFileSync(join(CLIENT_FOLDER, name)).equals(readFileSync(join(folder, name))),
          `${name} is not what the engine's document makes it: run npm run client`,
        );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('asks, and gets its hits', async () => {
    const { data: first } = await ask('When do we cut the cake?');
    const { data: again } = await ask('When do we cut the cake?');
    assert.deepEqual([first.source, again.source, again.answer], ['miss', 'hot', first.answer]);
    const { data: chat } = await cache.createChatCompletion({
      body: { model: 'm', messages: [{ role: 'user', content: 'Who pays?' }], metadata: { weddingId: 'w1' } },
    });
    assert.ok(chat instanceof Object && chat.choices.length === 1);
  });

  it('explains, lists, reschedules, removes and counts', async () => {
    const id = 'a/b: c';
    await ask('Who carries the rings?', id);
    const body = { vendorId: 'smith', weddingId: id, weddingDate: '2026-08-15', question: 'Who carries the rings?' };
    const { data: explained } = await cache.explain({ body: { query: { ...body, vendorType: 'photographer' } } });
    assert.equal(explained?.outcome, 'hit');
    const { data: page } = await cache.listEntries({ query: { weddingId: id, limit: 1 } });
    assert.deepEqual([page?.entries[0]?.key, page?.next], [explained.key, null]);
    const { data: moved } = await cache.rescheduleWedding({ path: { weddingId: id }, body: { date: '2026-09-05' } });
    assert.deepEqual(moved, { recomputed: 0, dropped: 1 });
    await ask('Who carries the rings?', id);
    const { data: receipt } = await cache.invalidate({ body: { by: 'wedding', weddingId: id }, throwOnError: true });
    assert.deepEqual([receipt.removed.warm, receipt.complete], [1, true]);
    const { data: statistics } = await cache.readStatistics();
    assert.equal(typeof statistics?.total.savedDollars, 'number');
  });

  it('gives the problem where there is one, or throws it', async () => {
    const wrong = { path: { weddingId: 'w1' }, body: { date: '2026-02-30' } };
    const { data, error, response } = await cache.rescheduleWedding(wrong);
    assert.deepEqual([data, response?.status], [undefined, 400]);
    assert.deepEqual(
      error?.errors?.map(({ pointer }) => pointer),
      ['#/date'],
    );
    await assert.rejects(cache.rescheduleWedding({ ...wrong, throwOnError: true }), { status: 400 });
    assert.equal((await cache.readConfiguration()).error?.status, 401);
  });

  it('administers: keys, settings, and answers on their way to another region', async () => {
    const { data: key } = await administration.createKey({ body: { vendorId: 'jones' }, throwOnError: true });
    assert.match(key.key, /^wsk_/);
    await administration.revokeKey({ path: { keyId: key.keyId }, throwOnError: true });
    const { data: settings } = await administration.changeConfiguration({ body: { sampleRate: 0.5 } });
    assert.equal(settings?.sampleRate, 0.5);
    await ask('Where do we park?');
    const query = { vendorId: 'smith' };
    const { data: lines } = await administration.exportAnswers({ query, throwOnError: true });
    const { data: report } = await administration.importAnswers({ query, body: lines });
    assert.ok(report !== undefined && report.stored > 0 && report.refused === 0);
  });

  it('does what its README shows', async () => {
    const readme = readFileSync(join(CLIENT_FOLDER, 'README.md'), 'utf8');
    const examples = [...readme.matchAll(/```ts\n([^]*?)```/g)].map(([, code = '']) => code);
    const source = examples.join('').replace(/^import .*\n/gm, '');
    const folder = mkdtempSync(join(tmpdir(), 'wedsync-readme-'));
    const file = join(folder, 'examples.ts');
    const index = pathToFileURL(join(CLIENT_FOLDER, 'src', 'index.ts')).href;
    writeFileSync(
      file,
      `import { createCacheClient } from '${index}';\n` +
        `export default async (baseUrl, apiKey, administration, console) => {\n${source}};\n`,
    );
    const said: unknown[][] = [];
    const log = (...words: unknown[]) => said.push(words);
    try {
      const run = (await import(pathToFileURL(file).href)) as { default: (...given: unknown[]) => Promise<void> };
      await run.default(engine.url, await engine.keyFor('smith'), administration, { log });
    } finally {
      rmSync(folder, { recursive: true });
    }
    assert.equal(examples.length, 4);
    const [answer, problem, receipt, report] = said;
    assert.ok(typeof answer?.[1] === 'string' && answer[1].length > 0);
    assert.match(String(problem?.[0]), /^date must be/);
    assert.deepEqual([receipt?.[1], typeof report?.[0]], [true, 'number']);
  });
});
