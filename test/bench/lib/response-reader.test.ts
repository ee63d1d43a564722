import assert from 'node:assert/strict';
import { headerOf, ResponseReader, type HttpResponse } from '../../../bench/lib/http/response-reader.ts';
import { fc } from '../../support/property.ts';

const MEASURED = 'HTTP/1.1 200 OK\r\nX-Source: hot\r\nContent-Length: 5\r\n\r\nhello';
const CHUNKED = 'HTTP/1.1 503 No\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n';

/** What a reader makes of bytes that come in parts of these sizes. */
function read(bytes: Buffer, sizes: readonly number[]): HttpResponse | undefined {
  const reader = new ResponseReader();
  let response: HttpResponse | undefined;
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    if (at >= bytes.length) break;
    response = reader.push(bytes.subarray(at, at + size));
    at += size;
  }
  return response;
}

describe('reading responses', () => {
  it('finds status, headers in any case, and body', () => {
    const response = read(Buffer.from(MEASURED), []);
    assert.ok(response);
    assert.equal(response.status, 200);
    assert.equal(headerOf(response, 'x-source'), 'hot');
    assert.equal(headerOf(response, 'x-other'), undefined);
    assert.equal(response.body.toString(), 'hello');
  });

  it('reads the same whatever the parts in which a response comes', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 20 }));
    fc.assert(
      fc.property(fc.constantFrom(MEASURED, CHUNKED), parts, (text, sizes) => {
        const response = read(Buffer.from(text), sizes);
        assert.equal(response?.body.toString(), 'hello');
        assert.equal(response?.status, text === MEASURED ? 200 : 503);
      }),
    );
  });

  it('refuses a response whose end nobody can tell', () => {
    assert.throws(() => read(Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), []), /neither length nor chunks/);
  });
});
