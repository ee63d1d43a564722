import assert from 'node:assert/strict';
import { understand } from '../../../../services/cache-engine/src/engine/chat-request.ts';
import type { JsonObject } from '../../../../services/cache-engine/src/engine/json.ts';
import type { QuestionContext } from '../../../../services/cache-engine/src/engine/question.ts';

const context: QuestionContext = { vendorId: 'smith', vendorType: 'florist' };
const base: JsonObject = { model: 'm', messages: [{ role: 'user', content: 'Which roses last?' }] };
const with_ = (more: JsonObject) => understand({ ...base, ...more }, context);

describe('what the cache understands of a chat request', () => {
  it('reads model, messages and the parameters that change the answer', () => {
    const request = { temperature: 0.2, max_tokens: 50, stop: ['.'], response_format: { type: 'text' }, user: 'u' };
    assert.deepEqual(with_(request), {
      question: {
        context,
        model: 'm',
        messages: [{ role: 'user', text: 'Which roses last?', name: undefined }],
        parameters: request,
      },
    });
  });

  it('leaves out how the answer is delivered, and what asks for nothing', () => {
    const neutral = {
      stream: true,
      stream_options: { include_usage: true },
      metadata: { weddingId: 'w' },
      n: 1,
      logprobs: false,
      store: false,
      logit_bias: {},
      seed: null,
    };
    assert.deepEqual(with_(neutral), with_({}));
  });

  it('reads content in text parts', () => {
    const content = [
      { type: 'text', text: 'Which' },
      { type: 'text', text: 'roses?' },
    ];
    const understood = understand({ model: 'm', messages: [{ role: 'user', content, name: 'Ann' }] }, context);
    assert.ok('question' in understood);
    assert.deepEqual(understood.question.messages, [{ role: 'user', text: ['Which', 'roses?'], name: 'Ann' }]);
  });

  for (const [name, value] of Object.entries<JsonObject[string]>({
    tools: [{ type: 'function' }],
    tool_choice: 'auto',
    functions: [],
    n: 2,
    temperature: 1.5,
    logprobs: true,
    top_logprobs: 3,
    store: true,
    audio: { voice: 'alloy' },
    modalities: ['text', 'audio'],
    logit_bias: { '50256': -100 },
    web_search_options: {},
    a_member_of_tomorrow: true,
    max_tokens: '5',
    constructor: 1,
  })) {
    it(`does not answer requests with ${name} ${JSON.stringify(value)}`, () => {
      assert.deepEqual(with_({ [name]: value }), { bypass: name });
    });
  }

  for (const message of [
    { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:' } }] },
    { role: 'user', content: [{ type: 'text', text: 'a', cache_control: {} }] },
    { role: 'tool', content: 'x', tool_call_id: '1' },
    { role: 'assistant', content: null, tool_calls: [] },
    { role: 'user', content: 5 },
    { role: 'king', content: 'x' },
    { content: 'x' },
  ] as JsonObject[]) {
    it(`does not answer a conversation with ${JSON.stringify(message)}`, () => {
      assert.deepEqual(with_({ messages: [message] }), { bypass: 'messages' });
    });
  }
});
