import assert from 'node:assert/strict';
import { assemble } from '../../../../../services/cache-engine/src/adapters/openai/assembly.ts';
import { eventData } from '../../../../../services/cache-engine/src/adapters/openai/event-stream.ts';
import { endEvents, partEvent, replayEvents } from '../../../../../services/cache-engine/src/engine/chunks.ts';
import { textOf } from '../../../../../services/cache-engine/src/engine/completion.ts';
import type { AnswerPart } from '../../../../../services/cache-engine/src/ports/origin.ts';
import { fc } from '../../../../support/property.ts';
import { completion } from '../../support/questions.ts';

/** The bytes of `text`, cut wherever `cuts` says, in the middle of a character too. */
async function* pieces(text: string, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  const places = [...cuts.map((cut) => cut % (bytes.length + 1)), 0, bytes.length].sort((a, b) => a - b);
  for (let i = 1; i < places.length; i++) yield bytes.subarray(places[i - 1], places[i]);
}

const ignore = () => {};
const cuts = fc.array(fc.nat(), { maxLength: 30 });
const anyText = fc.string({ unit: 'grapheme', minLength: 1 });

describe('streams of an OpenAI-compatible provider', () => {
  it('are read the same however the network cuts them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 5 }), cuts, async (texts, where) => {
        const parts = texts.map((content): AnswerPart => ({ id: 'c', created: 1, model: 'm', delta: { content } }));
        const finished = completion(texts.join(''));
        const stream = parts.map(partEvent).join('') + endEvents(finished, true);
        const heard: unknown[] = [];
        const assembled = await assemble(pieces(stream, where), ({ delta }) => heard.push(delta['content']));
        assert.deepEqual(heard, texts);
        assert.equal(textOf(assembled), texts.join(''));
        assert.deepEqual(assembled['usage'], finished['usage']);
      }),
    );
  });

  it('come back from a replay as the completion that was replayed', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, cuts, async (text, where) => {
        const given = completion(text, { reasoning_content: 'thus' }, 'length');
        assert.deepEqual(await assemble(pieces(replayEvents(given, true), where), ignore), given);
      }),
    );
  });

  it('may have comments, other fields, several data lines and CRLF', async () => {
    const stream = ': hello\r\nevent: x\r\ndata: {"a":\r\ndata: 1}\r\n\r\nid: 7\n\ndata:2\n\n';
    const events: string[] = [];
    for await (const data of eventData(pieces(stream, [7, 20]))) events.push(data);
    assert.deepEqual(events, ['{"a":\n1}', '2']);
  });

  const event = (data: object) => `data: ${JSON.stringify(data)}\n\n`;
  const begun = event({ id: 'c', created: 1, model: 'm', choices: [{ index: 0, delta: { content: 'At' } }] });
  for (const [what, stream] of Object.entries({
    'ends in mid-answer': begun,
    'ends before it began': '',
    'says it is done in mid-answer': `${begun}data: [DONE]\n\n`,
    'reports an error': begun + event({ error: { message: 'overloaded' } }),
    'sends what is not JSON': 'data: {"id"\n\n',
    'sends a list': 'data: []\n\n',
  })) {
    it(`are no answer when the provider ${what}`, async () => {
      await assert.rejects(assemble(pieces(stream, []), ignore), { name: 'OriginError' });
    });
  }
});
