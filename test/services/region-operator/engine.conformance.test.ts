import assert from 'node:assert/strict';
import { HttpEngine } from '../../../services/region-operator/src/adapters/http-engine.ts';
import { MemoryEngine } from '../../../services/region-operator/src/adapters/memory-engine.ts';
import { type Engine, EngineAway, EngineRefused } from '../../../services/region-operator/src/ports/engine.ts';
import { ADMIN_TOKEN, startEngine, type TestEngine } from '../cache-engine/support/engine.ts';
import { testCertificate } from '../../support/redis/certificates.ts';
import { entryOf, SMITH } from './support/entries.ts';

const QUESTIONS = ['When is sunset?', 'Who brings the rings?', 'Is there parking at the barn?'];
const queryOf = (question: string) =>
  ({ vendorId: 'smith', vendorType: 'photographer', weddingId: 'w1', weddingDate: '2026-08-15', question }) as const;

interface Subject {
  readonly engine: Engine;
  /** One that nobody stands behind. */
  readonly away: Engine;
  readonly close?: () => Promise<void>;
}

/** What every adapter of the port does; `subject` has a vendor, smith, with an answer to each of QUESTIONS. */
function conforms(name: string, subject: () => Promise<Subject>): void {
  describe(`Engine: ${name}`, () => {
    let given: Subject;
    let engine: Engine;
    beforeEach(async () => {
      given = await subject();
      ({ engine } = given);
    });
    afterEach(() => given.close?.());

    it('says what vendors there are', async () => {
      const keys = await engine.keys();
      assert.deepEqual(
        keys.map(({ vendorId, vendorType }) => [vendorId, vendorType]),
        [['smith', 'photographer']],
      );
    });

    it('lists what is stored page by page, each once', async () => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await engine.entries({ vendorId: 'smith', limit: 2, cursor });
        seen.push(...page.entries.map(({ question }) => question));
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      assert.deepEqual(seen.sort(), [...QUESTIONS].sort());
      assert.deepEqual((await engine.entries({ vendorId: 'smith', kind: 'alias' })).entries, []);
      assert.deepEqual((await engine.entries({ vendorId: 'nobody' })).entries, []);
    });

    it('explains a question that is stored, and one that is not', async () => {
      assert.equal((await engine.explain(queryOf(QUESTIONS[0] ?? ''))).outcome, 'hit');
      assert.equal((await engine.explain(queryOf('Who cuts the cake?'))).outcome, 'miss');
    });

    it('removes an answer by its key, and others by a pattern', async () => {
      const [first] = (await engine.entries({ vendorId: 'smith' })).entries;
      const receipt = await engine.invalidate({ by: 'key', vendorId: 'smith', key: first?.key ?? '' });
      assert.deepEqual([receipt.removed.warm, receipt.complete], [1, true]);
      const rest = await engine.invalidate({ by: 'question', vendorId: 'smith', pattern: '*' });
      assert.equal(rest.removed.warm, QUESTIONS.length - 1);
      assert.deepEqual((await engine.entries({ vendorId: 'smith' })).entries, []);
    });

    it('changes some settings and leaves the others', async () => {
      const before = await engine.configuration();
      const after = await engine.configure({ sampleRate: 0.25 });
      assert.deepEqual(after, { ...before, sampleRate: 0.25 });
      assert.deepEqual(await engine.configuration(), after);
    });

    it('refuses what is out of bounds, and says why', async () => {
      await assert.rejects(
        engine.configure({ sampleRate: 2 }),
        (error) => error instanceof EngineRefused && error.status === 400 && error.message.includes('from 0 to 1'),
      );
    });

    it('has no months of a vendor that asked nothing', async () => {
      assert.deepEqual((await engine.statistics('nobody')).months, []);
    });

    it('says that nobody answers', async () => {
      await assert.rejects(given.away.keys(), EngineAway);
      await assert.rejects(given.away.invalidate({ by: 'key', vendorId: 'smith', key: 'k' }), EngineAway);
    });
  });
}

conforms('in memory', async () => {
  const engine = new MemoryEngine();
  engine.put(
    SMITH,
    QUESTIONS.map((question, number) => entryOf(number, question)),
  );
  const away = new MemoryEngine();
  away.up = false;
  return { engine, away };
});

async function asked(engine: TestEngine, call: (path: string, body: object, key: string) => Promise<unknown>) {
  const key = await engine.keyFor('smith');
  for (const question of QUESTIONS) await call('/v1/queries', queryOf(question), key);
}

conforms('over HTTP', async () => {
  const server = await startEngine();
  await asked(server, (path, body, key) => server.call('POST', path, body, key));
  const engine = new HttpEngine({ url: server.url, adminToken: ADMIN_TOKEN });
  const away = new HttpEngine({ url: 'http://127.0.0.1:9', adminToken: ADMIN_TOKEN });
  return { engine, away, close: () => server.close() };
});

describe('Engine: over HTTPS', () => {
  it('reaches an engine whose authority it was given, and no other', async () => {
    const certificate = await testCertificate(['127.0.0.1']);
    const stranger = await testCertificate(['127.0.0.1']);
    const server = await startEngine({ certificate });
    try {
      const { url } = server;
      const trusting = new HttpEngine({ url, adminToken: ADMIN_TOKEN, ca: () => certificate.ca });
      assert.deepEqual(await trusting.keys(), []);
      assert.equal((await trusting.configure({ sharing: true })).sharing, true);
      await assert.rejects(new HttpEngine({ url, adminToken: ADMIN_TOKEN, ca: () => stranger.ca }).keys(), EngineAway);
      await assert.rejects(new HttpEngine({ url, adminToken: 'wrong', ca: () => certificate.ca }).keys(), EngineAway);
    } finally {
      await server.close();
    }
  });
});
