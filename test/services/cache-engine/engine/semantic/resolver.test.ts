import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { MemoryDataKeys } from '../../../../../services/cache-engine/src/adapters/memory/memory-data-keys.ts';
import { MemoryWarmTier } from '../../../../../services/cache-engine/src/adapters/memory/memory-warm-tier.ts';
import { normalForm } from '../../../../../services/cache-engine/src/engine/language/index.ts';
import { TenantKeys } from '../../../../../services/cache-engine/src/engine/sealing/tenant-keys.ts';
import { Questions } from '../../../../../services/cache-engine/src/engine/semantic/questions.ts';
import {
  BY_WORDING,
  Resolver,
  type Match,
  type ResolverParts,
} from '../../../../../services/cache-engine/src/engine/semantic/resolver.ts';
import { Vault } from '../../../../../services/cache-engine/src/engine/vault.ts';
import type { Verdict } from '../../../../../services/cache-engine/src/ports/judge.ts';
import { testKeyEncryption } from '../../support/compose.ts';
import { TestClock } from '../../support/doubles.ts';
import { BagOfWords, TestJudge, vectorOf, wordings } from './support.ts';

const STORED = 'How big should the cake be for 120 guests?';
const OTHER_WORDS = 'How large a cake should there be for the 120 guests?';
const SAME_WORDS = 'For 120 guests, how big should the cake be?';
const OTHER_NUMBER = 'How big should the cake be for 20 guests?';

describe('the resolver of wordings', () => {
  let clock: TestClock;
  let embedder: BagOfWords;
  let judge: TestJudge;
  let questions: Questions;
  let verdicts: string[];
  let late: readonly Match[];
  let policy: { judging: 'at-once' | 'in-background'; judgePatience: number };

  const resolver = (changes: Partial<ResolverParts> = {}) =>
    new Resolver({
      ...{ questions, embedder, judge, clock },
      policy: () => policy,
      observer: { judged: (verdict) => void verdicts.push(verdict) },
      ...changes,
    });
  const asked = async (
    one: Resolver,
    text: string,
    changes: { floor?: number; atOnce?: boolean; key?: string } = {},
  ) => ({
    ...{ key: 'p:asked', alias: 'p:asked', partition: 'p', frame: 'f', floor: 0.4, atOnce: false, ...changes },
    details: await one.details(text),
  });
  const noteLate = (match: Match) => void (late = [...late, match]);
  const resolve = async (one: Resolver, text: string, changes: Parameters<typeof asked>[2] = {}) =>
    one.resolve(await asked(one, text, changes), new AbortController().signal, noteLate);
  const outcomes = async (one: Resolver, text: string, changes: Parameters<typeof asked>[2] = {}) =>
    (await one.consider(await asked(one, text, changes))).map(({ outcome }) => outcome);

  beforeEach(async () => {
    clock = new TestClock('2026-05-01T10:00:00Z');
    embedder = new BagOfWords();
    judge = new TestJudge();
    verdicts = [];
    late = [];
    policy = { judging: 'at-once', judgePatience: 10_000 };
    const keys = new TenantKeys({ store: new MemoryDataKeys(), encryption: testKeyEncryption(), clock });
    questions = new Questions({ warm: new MemoryWarmTier(clock), vault: new Vault(keys), index: wordings().index });
    await questions.near('p', 'f', { text: '' }, 1, 0);
    questions.add('p:stored', 'f', { text: STORED, vector: vectorOf(normalForm(STORED)) }, Infinity);
  });

  it('takes equal wording for the same without asking a judge', async () => {
    const match = await resolve(resolver(), SAME_WORDS);
    assert.deepEqual(
      [match?.target, match?.provenance.by, match?.provenance.at],
      ['p:stored', BY_WORDING, clock.now()],
    );
    assert.deepEqual(judge.asked, []);
  });

  it('takes equal wording for the same without a judge, and below the floor', async () => {
    const match = await resolve(resolver({ judge: undefined }), SAME_WORDS, { floor: 1.1 });
    assert.equal(match?.provenance.by, BY_WORDING);
  });

  it('puts other words to the judge, and says who confirmed them', async () => {
    const match = await resolve(resolver(), OTHER_WORDS);
    assert.deepEqual(judge.asked, [{ stored: STORED, asked: OTHER_WORDS }]);
    assert.deepEqual([match?.target, match?.provenance.by], ['p:stored', 'a-judge/1']);
    assert.ok((match?.provenance.similarity ?? 0) > 0.4);
    assert.deepEqual(verdicts, ['same']);
  });

  it('confirms nothing by itself: without a judge other words are a miss', async () => {
    assert.equal(await resolve(resolver({ judge: undefined }), OTHER_WORDS), undefined);
    assert.deepEqual(await outcomes(resolver({ judge: undefined }), OTHER_WORDS), ['undecided']);
  });

  it('asks no judge about candidates below the floor', async () => {
    assert.equal(await resolve(resolver(), OTHER_WORDS, { floor: 0.99 }), undefined);
    assert.deepEqual([judge.asked, await outcomes(resolver(), OTHER_WORDS, { floor: 0.99 })], [[], ['below-floor']]);
  });

  it('asks no judge about candidates that a slot tells apart', async () => {
    assert.equal(await resolve(resolver(), OTHER_NUMBER), undefined);
    assert.deepEqual(judge.asked, []);
    const one = resolver();
    const [considered] = await one.consider(await asked(one, OTHER_NUMBER));
    assert.deepEqual(
      [considered?.outcome, considered?.conflict],
      ['slot-conflict', { slot: 'number', a: '120', b: '20' }],
    );
  });

  it('is no candidate for itself', async () => {
    assert.deepEqual(await outcomes(resolver(), STORED, { key: 'p:stored' }), []);
  });

  for (const said of ['different', 'unsure'] as const) {
    it(`is a miss when the judge says ${said}`, async () => {
      judge.reply = async () => ({ verdict: said });
      assert.equal(await resolve(resolver(), OTHER_WORDS), undefined);
      assert.deepEqual(verdicts, [said]);
    });
  }

  it('is a miss when the judge fails, which is not remembered', async () => {
    judge.reply = () => Promise.reject(new Error('The judge is away.'));
    const one = resolver();
    assert.equal(await resolve(one, OTHER_WORDS), undefined);
    assert.deepEqual([verdicts, await outcomes(one, OTHER_WORDS)], [['failed'], ['undecided']]);
  });

  it('asks at most about two, nearest first, and stops at the first that is the same', async () => {
    for (const size of ['small', 'high', 'wide']) {
      const text = `How ${size} should the cake be for the 120 guests?`;
      questions.add(`p:${size}`, 'f', { text, vector: vectorOf(normalForm(text)) }, Infinity);
    }
    judge.reply = async () => ({ verdict: 'different' });
    await resolve(resolver(), OTHER_WORDS);
    assert.equal(judge.asked.length, 2);
    judge.reply = async () => ({ verdict: 'same' });
    await resolve(resolver(), OTHER_WORDS);
    assert.equal(judge.asked.length, 3);
  });

  it('remembers verdicts, so that no judge is asked twice about a pair', async () => {
    const one = resolver();
    await resolve(one, OTHER_WORDS);
    assert.deepEqual(await outcomes(one, OTHER_WORDS), ['judged-same']);
    const match = await resolve(one, OTHER_WORDS);
    assert.deepEqual([match?.provenance.by, judge.asked.length], ['a-judge/1', 1]);
  });

  for (const said of ['same', 'different'] as const) {
    it(`remembers “${said}” of a pair the other way round and in another dress`, async () => {
      judge.reply = async () => ({ verdict: said });
      const one = resolver();
      await resolve(one, OTHER_WORDS);
      const dressed = `Hello, ${STORED.toLowerCase()} Thanks!`;
      questions.remove('p', { scope: 'keys', keys: ['p:stored'] });
      questions.add('p:other', 'f', { text: OTHER_WORDS, vector: vectorOf(normalForm(OTHER_WORDS)) }, Infinity);
      assert.deepEqual(await outcomes(one, dressed), [`judged-${said}`]);
      await resolve(one, dressed);
      assert.equal(judge.asked.length, 1);
    });
  }

  it('finds an earlier yes behind what is undecided before it pays a judge', async () => {
    const one = resolver();
    await resolve(one, OTHER_WORDS);
    for (const size of ['large', 'huge']) {
      const text = `How ${size} a cake should there be for these 120 guests?`;
      questions.add(`p:${size}`, 'f', { text, vector: vectorOf(normalForm(text)) }, Infinity);
    }
    assert.deepEqual((await outcomes(one, OTHER_WORDS)).slice(-1), ['judged-same']);
    assert.equal((await resolve(one, OTHER_WORDS))?.target, 'p:stored');
    assert.equal(judge.asked.length, 1);
  });

  it('so near to a wedding believes no earlier yes, but every earlier no', async () => {
    const one = resolver();
    await resolve(one, OTHER_WORDS);
    assert.deepEqual(await outcomes(one, OTHER_WORDS, { atOnce: true }), ['undecided']);
    judge.reply = async () => ({ verdict: 'different' });
    assert.equal(await resolve(one, OTHER_WORDS, { atOnce: true }), undefined);
    assert.deepEqual(await outcomes(one, OTHER_WORDS, { atOnce: true }), ['judged-different']);
    await resolve(one, OTHER_WORDS, { atOnce: true });
    assert.equal(judge.asked.length, 2);
  });

  it('takes nothing for the same that was refuted, not even the same words', async () => {
    const one = resolver();
    await resolve(one, OTHER_WORDS);
    one.refute({ stored: STORED, asked: OTHER_WORDS });
    one.refute({ stored: STORED, asked: SAME_WORDS });
    assert.deepEqual(await outcomes(one, OTHER_WORDS), ['judged-different']);
    assert.deepEqual(await outcomes(one, SAME_WORDS), ['judged-different']);
  });

  it('answers without a judge that takes too long, whose word counts for the next one', async () => {
    const gate = Promise.withResolvers<Verdict>();
    judge.reply = () => gate.promise;
    policy.judgePatience = 1;
    const one = resolver();
    assert.equal(await resolve(one, OTHER_WORDS), undefined);
    assert.equal(late.length, 0);
    gate.resolve({ verdict: 'same' });
    for (let i = 0; i < 10; i++) await turn();
    assert.deepEqual(
      late.map(({ target, provenance }) => [target, provenance.by]),
      [['p:stored', 'a-judge/1']],
    );
    assert.equal((await resolve(one, OTHER_WORDS))?.target, 'p:stored');
    assert.equal(judge.asked.length, 1);
  });

  it('tells of no late match when the late judge says no, or the caller was answered in time', async () => {
    policy.judgePatience = 1;
    const gate = Promise.withResolvers<Verdict>();
    judge.reply = () => gate.promise;
    await resolve(resolver(), OTHER_WORDS);
    gate.resolve({ verdict: 'different' });
    for (let i = 0; i < 10; i++) await turn();
    policy.judgePatience = 10_000;
    judge.reply = async () => ({ verdict: 'same' });
    assert.ok(await resolve(resolver(), OTHER_WORDS));
    for (let i = 0; i < 10; i++) await turn();
    assert.equal(late.length, 0);
  });

  it('in the background lets nobody wait, and not even a caller who leaves stops the judge', async () => {
    policy.judging = 'in-background';
    const gate = Promise.withResolvers<Verdict>();
    const signals: AbortSignal[] = [];
    judge.reply = (_pair, signal) => (signals.push(signal), gate.promise);
    const one = resolver();
    const leaving = new AbortController();
    const details = await one.details(OTHER_WORDS);
    const question = {
      key: 'p:asked',
      alias: 'p:asked',
      partition: 'p',
      frame: 'f',
      floor: 0.4,
      atOnce: false,
      details,
    };
    assert.equal(await one.resolve(question, leaving.signal, noteLate), undefined);
    leaving.abort();
    assert.equal(signals[0]?.aborted, false);
    gate.resolve({ verdict: 'same' });
    for (let i = 0; i < 10; i++) await turn();
    assert.equal(late.length, 1);
  });

  it('waits for the judge all the same when only a verdict for this very request counts', async () => {
    policy.judging = 'in-background';
    assert.equal((await resolve(resolver(), OTHER_WORDS, { atOnce: true }))?.target, 'p:stored');
  });

  it('goes by words alone while the embedder is away, and then only equal wording passes', async () => {
    embedder.away = true;
    const one = resolver();
    assert.deepEqual(await one.details(OTHER_WORDS), { text: OTHER_WORDS });
    assert.deepEqual(await outcomes(one, OTHER_WORDS), ['below-floor']);
    assert.equal((await resolve(one, SAME_WORDS))?.provenance.by, BY_WORDING);
  });
});
