import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3ColdTier, type S3Options } from '../../../../../services/cache-engine/src/adapters/cold/s3-cold-tier.ts';
import { startS3, type S3 } from '../../support/s3.ts';

/** A tier whose store is `answer`, and what it was asked. */
async function tierBefore(answer: (response: ServerResponse) => void, options: Partial<S3Options> = {}) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    request.resume().on('end', () => answer(response));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const tier = await S3ColdTier.open({
    bucket: 'a-bucket',
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forcePathStyle: true,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    ...options,
  });
  return { tier, requests, close: () => (tier.close(), server.closeAllConnections(), server.close()) };
}

describe('the cold tier in an S3 bucket, where it meets the store', function () {
  this.timeout(60_000);
  let s3: S3;
  before(async () => (s3 = await startS3()));
  after(() => s3.stop());

  it('removes a partition of more records than a page of the list, or one deletion, holds', async () => {
    const tier = await S3ColdTier.open(s3.access);
    const keys = Array.from({ length: 1001 }, (_, index) => `large:${index}`);
    for (let from = 0; from < keys.length; from += 50) {
      await Promise.all(keys.slice(from, from + 50).map((key) => tier.put(key, Buffer.from('x'))));
    }
    assert.equal(await tier.removePartition('large'), 1001);
    assert.equal(await tier.removePartition('large'), 0);
    tier.close();
  });

  it('removes more keys than one deletion may name', async () => {
    const tier = await S3ColdTier.open(s3.access);
    const keys = Array.from({ length: 1100 }, (_, index) => `many:${index}`);
    await tier.put('many:3', Buffer.from('x'));
    await tier.put('many:1099', Buffer.from('x'));
    assert.equal(await tier.remove(keys), 2);
    assert.equal(await tier.get('many:1099'), undefined);
    tier.close();
  });

  it('keeps two prefixes of one bucket apart', async () => {
    const one = await S3ColdTier.open({ ...s3.access, prefix: 'one/' });
    const other = await S3ColdTier.open({ ...s3.access, prefix: 'other/' });
    await one.put('p:d', Buffer.from('x'));
    assert.equal(await other.get('p:d'), undefined);
    assert.equal(await other.removePartition('p'), 0);
    assert.equal((await one.get('p:d'))?.toString(), 'x');
    one.close();
    other.close();
  });

  it('asks the store to encrypt, as it is told', async () => {
    const plain = await tierBefore((response) => response.end());
    await plain.tier.put('p:d', Buffer.from('x'));
    assert.equal(plain.requests[0]?.headers['x-amz-server-side-encryption'], 'AES256');
    plain.close();
    const kms = await tierBefore((response) => response.end(), { encryption: 'aws:kms' });
    await kms.tier.put('p:d', Buffer.from('x'));
    assert.equal(kms.requests[0]?.headers['x-amz-server-side-encryption'], 'aws:kms');
    kms.close();
  });

  it('says so when the store kept what was to be removed', async () => {
    const kept = `<DeleteResult><Error><Key>p/d</Key><Code>AccessDenied</Code><Message>No.</Message></Error></DeleteResult>`;
    const store = await tierBefore((response) => response.end(kept));
    await assert.rejects(store.tier.remove(['p:d']), /kept 1 of 1 objects: AccessDenied, No\./);
    store.close();
  });

  it('tries again when the store stumbles, and gives up in the end', async () => {
    const store = await tierBefore((response) => response.writeHead(503).end());
    await assert.rejects(store.tier.get('p:d'));
    assert.equal(store.requests.length, 3);
    store.close();
  });

  it('takes a refusal for a fault and not for a record that is not there', async () => {
    const store = await tierBefore((response) => response.writeHead(403).end());
    await assert.rejects(store.tier.get('p:d'));
    await assert.rejects(store.tier.remove(['p:d']));
    store.close();
  });

  it('refuses every key that could lead to another one', async () => {
    const tier = await S3ColdTier.open(s3.access);
    for (const key of ['../x:y', 'x:../y', 'x:y/z', 'x', 'x:y:z']) {
      await assert.rejects(tier.put(key, Buffer.from('x')), RangeError, key);
      await assert.rejects(tier.get(key), RangeError, key);
      await assert.rejects(tier.remove([key]), RangeError, key);
    }
    await assert.rejects(tier.removePartition(''), RangeError);
    tier.close();
  });
});
