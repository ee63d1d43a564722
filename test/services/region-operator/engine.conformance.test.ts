import assert from 'node:assert/strict';
import { HttpEngine } from '../../../services/region-operator/src/adapters/http-engine.ts';
import { MemoryEngine } from '../../../services/region-operator/src/adapters/memory-engine.ts';
import { type Engine, EngineAway, EngineRefused } from '../../../services/region-operator/src/ports/engine.ts';
import { ADMIN_TOKEN, startEngine, type TestEngine } from '../cache-engine/support/engine.ts';
import { testCertificate } from '../../support/redis/certificates.ts';
import { entryOf, SMITH } from './support/entries.ts';
import { failingEngine } from './support/failing-engine.ts';

const QUESTIONS = ['When is sunset?', 'Who brings the rings?', 'Is there parking at the barn?'];
const queryOf = (question: string) =>
  ({ vendorId: 'smith', vendorType: 'photographer', weddingId: 'w1', weddingDate: '2026-08-15', question }) as const;

interface Subject {
  readonly engine: Engine;
  /** One that nobody stands behind. */
  readonly away: Engine;
  readonly close?: () => Promise<void>;
}

/** What every adapter of the port does; `subject` has a vendor, smith, that asked each of QUESTIONS twice in May 2026. */
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

    it('tells what a vendor was saved, month by month and in all', async () => {
      const { months, total } = await engine.statistics('smith');
      assert.deepEqual(
        months.map(({ month, hits, misses, hitRate }) => [month, hits, misses, hitRate]),
        [['2026-05', QUESTIONS.length, QUESTIONS.length, 0.5]],
      );
      assert.ok(total.savedTokens > 0);
      assert.deepEqual(months, [{ month: '2026-05', ...total }]);
    });

    it('has no months of a vendor that asked nothing', async () => {
      const { months, total } = await engine.statistics('nobody');
      assert.deepEqual([months, total.hits, total.misses, total.hitRate], [[], 0, 0, null]);
    });

    it('says that nobody answers', async () => {
      await assert.rejects(given.away.keys(), EngineAway);
      await assert.rejects(given.away.invalidate({ by: 'key', vendorId: 'smith', key: 'k' }), EngineAway);
      await assert.rejects(given.away.statistics('smith'), EngineAway);
    });
  });
}

conforms('in memory', async () => {
  const engine = new MemoryEngine();
  engine.put(
    SMITH,
    QUESTIONS.map((question, number) => entryOf(number, question)),
  );
  const half = { hits: QUESTIONS.length, misses: QUESTIONS.length, hitRate: 0.5, semanticHits: 0, staleHits: 0 };
  const total = { ...half, savedTokens: 300, savedDollars: 0, savedSeconds: 0 };
  engine.save('smith', { months: [{ month: '2026-05', ...total }], total });
  const away = new MemoryEngine();
  away.up = false;
  return { engine, away };
});

async function asked(engine: TestEngine, call: (path: string, body: object, key: string) => Promise<unknown>) {
  const key = await engine.keyFor('smith');
  for (const question of [...QUESTIONS, ...QUESTIONS]) await call('/v1/queries', queryOf(question), key);
  await engine.engine.savings.flush();
}

conforms('over HTTP', async () => {
  const server = await startEngine();
  await asked(server, (path, body, key) => server.call('POST', path, body, key));
  const engine = new HttpEngine({ url: server.url, adminToken: ADMIN_TOKEN });
  const away = new HttpEngine({ url: 'http://127.0.0.1:9', adminToken: ADMIN_TOKEN });
  return { engine, away, close: () => server.close() };
});

describe('Engine: over HTTP, with an engine that fails', () => {
  for (const [what, answer, message] of [
    [
      'its reason',
      { status: 503, body: { detail: 'The books do not answer; try again.' } },
      'The cache engine failed. The books do not answer; try again.',
    ],
    ['that it gave none', { status: 500 }, 'The cache engine failed. It gave no reason, only status 500.'],
    [
      'that it does not let the operator in',
      { status: 401, body: { detail: 'Give a token.' } },
      'The cache engine does not accept the operator’s token.',
    ],
  ] as const) {
    it(`tells ${what}`, async () => {
      const failing = await failingEngine(answer);
      try {
        const engine = new HttpEngine({ url: failing.url, adminToken: ADMIN_TOKEN });
        await assert.rejects(
          engine.statistics('smith'),
          (error) => error instanceof EngineAway && error.message === message,
        );
      } finally {
        await failing.close();
      }
    });
  }
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
