import assert from 'node:assert/strict';
import type { CallOptions } from '../../../../services/cache-engine/src/ports/origin.ts';
import { TestClock, TestOrigin } from '../support/doubles.ts';
import { startEngine } from '../support/engine.ts';
import { completion } from '../support/questions.ts';

describe('a request that goes past the cache', () => {
  for (const [weddingDate, priority] of [
    ['2026-05-01', 'wedding-day'],
    ['2026-05-06', 'near-wedding'],
    ['2026-09-12', 'ordinary'],
  ] as const) {
    it(`is as urgent as any other: ${priority} for a wedding on ${weddingDate}`, async () => {
      const origin = new TestOrigin(async () => completion('unused'));
      const seen: (CallOptions | undefined)[] = [];
      origin.forward = async (_request?: unknown, _context?: unknown, _signal?: unknown, options?: CallOptions) => {
        seen.push(options);
        const body = (async function* () {
          yield Buffer.from('{}');
        })();
        return { status: 200, contentType: 'application/json', body };
      };
      const engine = await startEngine({ clock: new TestClock('2026-05-01T10:00:00Z'), origin });
      try {
        const request = { model: 'm', n: 2, messages: [{ role: 'user', content: 'Hello' }], metadata: { weddingDate } };
        const response = await engine.call('POST', '/v1/chat/completions', request, await engine.keyFor('smith'));
        assert.equal(response.headers.get('x-wedsync-cache'), 'bypass');
        assert.deepEqual(seen, [{ priority }]);
      } finally {
        await engine.close();
      }
    });
  }
});
