import assert from 'node:assert/strict';
import { questionVariants } from '../../bench/lib/question-variants.ts';

const QUESTIONS = ['Can 120 guests fit into the barn in June?', 'Who pays for the cake?'];

describe('The variants of questions', () => {
  it('are as many as were asked for, all different and none of them a question as given', () => {
    const variants = questionVariants(QUESTIONS, 500, 1);
    assert.equal(variants.length, 500);
    assert.equal(new Set([...variants, ...QUESTIONS]).size, 502);
  });

  it('are the same for the same seed, and others for another', () => {
    assert.deepEqual(questionVariants(QUESTIONS, 50, 1), questionVariants(QUESTIONS, 50, 1));
    assert.notDeepEqual(questionVariants(QUESTIONS, 50, 1), questionVariants(QUESTIONS, 50, 2));
  });

  it('differ from a question in numbers, months, places and things', () => {
    const variants = questionVariants(QUESTIONS.slice(0, 1), 50, 1);
    for (const variant of variants) assert.match(variant, /Can \d+ guests fit into the [a-z ]+ in [A-Z][a-z]+/);
  });
});
