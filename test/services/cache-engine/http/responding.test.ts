import assert from 'node:assert/strict';
import { TestOrigin } from '../support/doubles.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';
import { completion } from '../support/questions.ts';

/** Characters of one, two, three and four bytes, and one that JSON escapes. */
const ANSWER = 'At £5 a café – “nine” 🌹\n';

describe('an answer with characters of every width', () => {
  let engine: TestEngine;
  let key: string;
  const ask = (path: string, body: object) => engine.call('POST', path, body, key);
  const chat = (more: object = {}) => ({ model: 'm', messages: [{ role: 'user', content: 'When?' }], ...more });

  beforeEach(async () => {
    engine = await startEngine({ origin: new TestOrigin(async () => completion(ANSWER)) });
    key = await engine.keyFor('smith');
  });
  afterEach(() => engine.close());

  const query = {
    vendorId: 'smith',
    vendorType: 'photographer',
    weddingId: 'w',
    weddingDate: '2026-06-13',
    question: 'When?',
  };
  const cases: Record<string, [path: string, body: object, contentIn: (text: string) => unknown]> = {
    'a chat completion': ['/v1/chat/completions', chat(), (text) => contentOf(JSON.parse(text), 'message')],
    'a stream': ['/v1/chat/completions', chat({ stream: true }), streamed],
    'a query': ['/v1/queries', query, (text) => (JSON.parse(text) as { answer: string }).answer],
  };
  for (const [what, [path, body, contentIn]] of Object.entries(cases)) {
    it(`comes whole as ${what}, when it is made and each time after`, async () => {
      for (const source of ['miss', 'hot', 'hot', 'hot']) {
        const response = await ask(path, body);
        assert.equal(response.headers.get('x-wedsync-cache'), source);
        const bytes = Buffer.from(await response.arrayBuffer());
        assert.equal(bytes.length, Number(response.headers.get('content-length')));
        assert.equal(contentIn(bytes.toString()), ANSWER);
      }
    });
  }
});

function contentOf(body: unknown, member: 'message' | 'delta'): string | undefined {
  const [choice] = (body as { choices: Record<string, { content?: string }>[] }).choices;
  return choice?.[member]?.content;
}

/** The text of a stream that was sent in one piece. */
function streamed(text: string): unknown {
  const events = text.split('\n\n').filter((event) => event.startsWith('data: {'));
  return events.map((event) => contentOf(JSON.parse(event.slice(6)), 'delta') ?? '').join('');
}
