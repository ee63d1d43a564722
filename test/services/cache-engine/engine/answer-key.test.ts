import assert from 'node:assert/strict';
import { VENDOR_TYPES } from '@wedsync/domain';
import { answerKey, canonicalEncoding, partitionOf } from '../../../../services/cache-engine/src/engine/answer-key.ts';
import type { JsonValue } from '../../../../services/cache-engine/src/engine/json.ts';
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
    weddingDate: optional,
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
  (q, to) => ({ ...q, messages: [...q.messages, { role: 'user', text: to }] }),
  (q, to) => ({ ...q, messages: [{ role: 'system', text: to }, ...q.messages] }),
  (q, to) => ({ ...q, parameters: { ...q.parameters, user: to } }),
  (q, to) => ({ ...q, messages: q.messages.map((m, i) => (i === 0 ? { ...m, name: to } : m)) }),
);

describe('answer keys', () => {
  it('are equal exactly when the questions are', () => {
    fc.assert(
      fc.property(anyQuestion, anyQuestion, (one, other) => {
        const same = JSON.stringify(plain(one)) === JSON.stringify(plain(other));
        assert.equal(answerKey(one) === answerKey(other), same);
      }),
    );
  });

  it('differ when any one thing differs', () => {
    fc.assert(
      fc.property(anyQuestion, change, text, (asked, changing, to) => {
        const changed = changing(asked, to);
        fc.pre(JSON.stringify(plain(asked)) !== JSON.stringify(plain(changed)));
        assert.notEqual(answerKey(asked), answerKey(changed));
      }),
    );
  });

  it('do not let one field run into the next', () => {
    const one = question({ context: { vendorId: 'a', vendorType: 'dj', weddingId: 'bc' } });
    const other = question({ context: { vendorId: 'ab', vendorType: 'dj', weddingId: 'c' } });
    assert.notEqual(canonicalEncoding(one), canonicalEncoding(other));
  });

  it('tell a text apart from the same text in parts', () => {
    const whole = question({ messages: [{ role: 'user', text: 'ab' }] });
    const parts = question({ messages: [{ role: 'user', text: ['ab'] }] });
    const split = question({ messages: [{ role: 'user', text: ['a', 'b'] }] });
    assert.equal(new Set([whole, parts, split].map((asked) => answerKey(asked))).size, 3);
  });

  it('do not fold what looks alike: exact means byte by byte', () => {
    const composed = question({ messages: [{ role: 'user', text: 'café' }] });
    const decomposed = question({ messages: [{ role: 'user', text: 'cafe\u0301' }] });
    assert.notEqual(answerKey(composed), answerKey(decomposed));
  });

  it('do not depend on the order in which parameters were written', () => {
    const one = question({ parameters: { seed: 1, top_p: 0.5 } });
    const other = question({ parameters: { top_p: 0.5, seed: 1 } });
    assert.equal(answerKey(one), answerKey(other));
  });

  it('begin with the vendor’s partition and show nothing of its name', () => {
    const key = answerKey(question());
    assert.ok(key.startsWith(`${partitionOf('smith')}:`));
    assert.match(key, /^[\w-]{22}:[\w-]{43}$/);
    assert.ok(!key.includes('smith'));
  });
});

/** The question with nothing undefined and parameters in order: what "equal" means, said in another way. */
function plain({ context, model, messages, parameters }: Question): unknown {
  const { vendorId, vendorType, weddingId, weddingDate, location } = context;
  return {
    context: { vendorId, vendorType, weddingId, weddingDate, location },
    model,
    messages: messages.map(({ role, text, name }) => ({ role, text, name })),
    parameters: Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}
