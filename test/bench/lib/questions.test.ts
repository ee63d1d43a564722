import assert from 'node:assert/strict';
import { answersChat, distinctQuestions } from '../../../bench/lib/questions.ts';
import { answerTo } from '../../../bench/lib/provider/answer.ts';

describe('the questions of the benches', () => {
  it('are all different, and so are their answers', () => {
    const questions = distinctQuestions(10_000);
    assert.equal(new Set(questions).size, 10_000);
    assert.equal(new Set(questions.map(answerTo)).size, 10_000);
  });

  it('tell another question’s answer from their own', () => {
    const [one, other] = distinctQuestions(2) as [string, string];
    const body = Buffer.from(JSON.stringify({ choices: [{ message: { content: answerTo(one) } }] }));
    assert.equal(answersChat(body, one), true);
    assert.equal(answersChat(body, other), false);
  });
});
