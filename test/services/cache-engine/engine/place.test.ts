import assert from 'node:assert/strict';
import { VENDOR_TYPES } from '@wedsync/domain';
import { partitionOf } from '../../../../services/cache-engine/src/engine/answer-key.ts';
import type { JsonValue } from '../../../../services/cache-engine/src/engine/json.ts';
import { frameEncoding, placeOf } from '../../../../services/cache-engine/src/engine/place.ts';
import type { Question } from '../../../../services/cache-engine/src/engine/question.ts';
import { fc } from '../../../support/property.ts';
import { question } from '../support/questions.ts';

/** Texts that tempt an encoding: its own delimiters, lone surrogates, look-alikes, nothing at all. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '"', '",null', '\\', ']', ',', '\u0000', '\uD800', '\uDC00', 'é', 'e\u0301', 'null', ' ', '1'),
);
const optional = fc.option(text, { nil: undefined });
const parameter = fc.jsonValue() as fc.Arbitrary<JsonValue>;

const anyQuestion: fc.Arbitrary<Question> = fc.record({
  context: fc.record({
    vendorId: text,
    vendorType: fc.constantFrom(...VENDOR_TYPES),
    weddingId: optional,
    coupleId: optional,
    weddingDate: optional,
    finalNumbersDue: optional,
    balanceDue: optional,
    location: optional,
  }),
  model: text,
  messages: fc.array(
    fc.record({
      role: fc.constantFrom('system', 'developer', 'user', 'assistant'),
      text: fc.oneof(text, fc.array(text, { maxLength: 3 })),
      name: optional,
    }),
    { maxLength: 3 },
  ),
  parameters: fc.dictionary(fc.constantFrom('temperature', 'stop', 'seed', 'user'), parameter, { maxKeys: 3 }),
});

/** One way to change one thing about a question. */
const change: fc.Arbitrary<(question: Question, to: string) => Question> = fc.constantFrom<
  ((question: Question, to: string) => Question)[]
>(
  (q, to) => ({ ...q, model: to }),
  (q, to) => ({ ...q, context: { ...q.context, vendorId: to } }),
  (q, to) => ({ ...q, context: { ...q.context, weddingId: to } }),
  (q, to) => ({ ...q, context: { ...q.context, weddingDate: to } }),
  (q, to) => ({ ...q, context: { ...q.context, location: to } }),
  (q, to) => ({ ...q, context: { ...q.context, coupleId: to } }),
  (q, to) => ({ ...q, context: { ...q.context, balanceDue: to } }),
  (q, to) => ({ ...q, messages: [...q.messages, { role: 'assistant', text: to }] }),
  (q, to) => ({ ...q, messages: [{ role: 'system', text: to }, ...q.messages] }),
  (q, to) => ({ ...q, parameters: { ...q.parameters, user: to } }),
  (q, to) => ({ ...q, messages: q.messages.map((m, i) => (i === 0 ? { ...m, name: to } : m)) }),
);

const keyOf = (asked: Question) => placeOf(asked, partitionOf(asked.context.vendorId)).key;
/** Where no user's text comes last, every character counts. */
const exactQuestion = anyQuestion.map((asked) => ({
  ...asked,
  messages: [...asked.messages, { role: 'assistant' as const, text: 'and so on' }],
}));

describe('the places of answers', () => {
  it('are equal exactly when the questions are', () => {
    fc.assert(
      fc.property(exactQuestion, exactQuestion, (one, other) => {
        const same = JSON.stringify(plain(one)) === JSON.stringify(plain(other));
        assert.equal(keyOf(one) === keyOf(other), same);
      }),
    );
  });

  it('differ when any one thing differs', () => {
    fc.assert(
      fc.property(exactQuestion, change, text, (asked, changing, to) => {
        const changed = changing(asked, to);
        fc.pre(JSON.stringify(plain(asked)) !== JSON.stringify(plain(changed)));
        assert.notEqual(keyOf(asked), keyOf(changed));
      }),
    );
  });

  it('have one frame for questions that differ in the last user’s text alone, and another for any other difference', () => {
    fc.assert(
      fc.property(anyQuestion, change, text, text, (asked, changing, to, wording) => {
        const ask = (given: Question, last: string): Question => ({
          ...given,
          messages: [...given.messages, { role: 'user', text: last }],
        });
        const frameOf = (given: Question) => placeOf(given, 'p').frame.id;
        assert.equal(frameOf(ask(asked, 'one')), frameOf(ask(asked, wording)));
        const changed = changing(asked, to);
        fc.pre(JSON.stringify(plain(asked)) !== JSON.stringify(plain(changed)));
        assert.notEqual(frameOf(ask(asked, wording)), frameOf(ask(changed, wording)));
      }),
    );
  });

  it('do not let one field run into the next', () => {
    const one = question({ context: { vendorId: 'a', vendorType: 'dj', weddingId: 'bc' } });
    const other = question({ context: { vendorId: 'ab', vendorType: 'dj', weddingId: 'c' } });
    assert.notDeepEqual(frameEncoding(one), frameEncoding(other));
    assert.notEqual(keyOf(one), keyOf(other));
  });

  it('tell a text apart from the same text in parts', () => {
    const whole = question({ messages: [{ role: 'user', text: 'ab' }] });
    const parts = question({ messages: [{ role: 'user', text: ['ab'] }] });
    const split = question({ messages: [{ role: 'user', text: ['a', 'b'] }] });
    assert.equal(new Set([whole, parts, split].map(keyOf)).size, 3);
  });

  it('fold the notation of a plain question, and nothing of a text that is itself the matter', () => {
    const ask = (last: string) => keyOf(question({ messages: [{ role: 'user', text: last }] }));
    assert.equal(ask('Is the café open on Sunday?'), ask('is the cafe\u0301 open on sunday'));
    for (const [one, other] of [
      ['Proofread this: the Brides dress', 'Proofread this: the brides dress'],
      ['Who is “Sam”?', 'Who is “sam”?'],
      ['Rewrite this:\nGuests', 'Rewrite this:\nguests'],
      ['a'.repeat(601), 'A'.repeat(601)],
    ] as const)
      assert.notEqual(ask(one), ask(other));
  });

  it('do not depend on the order in which parameters were written', () => {
    const one = question({ parameters: { seed: 1, top_p: 0.5 } });
    const other = question({ parameters: { top_p: 0.5, seed: 1 } });
    assert.equal(keyOf(one), keyOf(other));
  });

  it('begin with the vendor’s partition and show nothing of its name', () => {
    const key = keyOf(question());
    assert.ok(key.startsWith(`${partitionOf('smith')}:`));
    assert.match(key, /^[\w-]{22}:[\w-]{43}$/);
    assert.ok(!key.includes('smith'));
  });
});

/** The question with nothing undefined and parameters in order: what "equal" means, said in another way. */
function plain({ context, model, messages, parameters }: Question): unknown {
  const { vendorId, vendorType, weddingId, coupleId, weddingDate, finalNumbersDue, balanceDue, location } = context;
  return {
    context: { vendorId, vendorType, weddingId, coupleId, weddingDate, finalNumbersDue, balanceDue, location },
    model,
    messages: messages.map(({ role, text, name }) => ({ role, text, name })),
    parameters: Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}
