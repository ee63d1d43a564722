import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { secureFetch } from '../../../services/service-kit/src/secure-fetch.ts';
import { testCertificate } from '../../support/redis/certificates.ts';

describe('fetch under TLS', () => {
  it('believes the authorities as they are when it asks, and no others', async () => {
    const [certificate, stranger] = [await testCertificate(['127.0.0.1']), await testCertificate(['127.0.0.1'])];
    const server = createServer(certificate, (_request, response) => response.end('hello')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      let believed = [stranger.ca];
      const ask = secureFetch(() => believed);
      await assert.rejects(ask(url), /self-signed|unable to verify|unable to get local issuer/i);
      believed = [certificate.ca];
      assert.equal(await (await ask(url)).text(), 'hello');
      server.setSecureContext(stranger);
      // The connection that is kept was believed when it was opened; a new one is not.
      believed = [certificate.ca, ''];
      await assert.rejects(ask(url), /certificate/i);
      believed = [certificate.ca, stranger.ca];
      assert.equal(await (await ask(url)).text(), 'hello');
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});
