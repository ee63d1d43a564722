import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectionOptions } from 'node:tls';
import { followCertificate, readCertificate } from '@wedsync/service-kit/tls';
import { testCertificate, type TestCertificate } from '../../../support/redis/certificates.ts';
import { deferred } from '../support/doubles.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';

describe('TLS at the engine', () => {
  let folder: string;
  let first: TestCertificate;
  let engine: TestEngine;
  const put = ({ cert, key }: Pick<TestCertificate, 'cert' | 'key'>) => {
    writeFileSync(join(folder, 'tls.crt'), cert);
    writeFileSync(join(folder, 'tls.key'), key);
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wedsync-tls-'));
    first = await testCertificate(['127.0.0.1']);
    put(first);
    engine = await startEngine({ certificate: readCertificate(folder) });
  });
  afterEach(async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens a connection; the protocol and the certificate that the engine showed. */
  async function handshake(
    ca: string,
    options: ConnectionOptions = {},
  ): Promise<{ protocol: string | null; serial: string }> {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(engine.url).port), ca, ...options });
    try {
      await once(socket, 'secureConnect');
      return { protocol: socket.getProtocol(), serial: socket.getPeerCertificate().serialNumber };
    } finally {
      socket.destroy();
    }
  }

  it('is version 1.3', async () => {
    assert.equal((await handshake(first.ca)).protocol, 'TLSv1.3');
  });

  it('is refused to callers that know nothing later than 1.2', async () => {
    await assert.rejects(handshake(first.ca, { maxVersion: 'TLSv1.2' }), /protocol version/);
  });

  it('takes over a renewed certificate without a restart, but not one whose key is not its own', async () => {
    const second = await testCertificate(['127.0.0.1']);
    const renewed = deferred();
    const stop = followCertificate(engine.app.server as unknown as Server, {
      directory: folder,
      current: first,
      onRenewed: renewed.resolve,
      every: 5,
    });
    try {
      writeFileSync(join(folder, 'tls.crt'), second.cert);
      assert.throws(() => readCertificate(folder), /key values mismatch/);
      assert.equal((await handshake(first.ca)).serial, new X509Certificate(first.cert).serialNumber);
      put(second);
      await renewed.promise;
      assert.equal((await handshake(second.ca)).serial, new X509Certificate(second.cert).serialNumber);
    } finally {
      stop();
    }
  });
});
