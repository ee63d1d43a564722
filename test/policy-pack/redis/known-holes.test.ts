import assert from 'node:assert/strict';
import type { RedisProduct } from '../../../policy-pack/kubernetes/redis.ts';
import { holesIn, safeVersion } from '../../../policy-pack/redis/known-holes.ts';
import { formatVersion, versionOf, type Version } from '../../../policy-pack/redis/versions.ts';

function version(text: string): Version {
  const found = versionOf(text);
  assert.ok(found, text);
  return found;
}

describe('The table of holes', () => {
  const holes = (product: RedisProduct, versions: readonly string[]) =>
    versions.filter((text) => holesIn(product, version(text)).length > 0);

  it('finds none in the last release of each line that is kept', () => {
    assert.deepEqual(
      holes('redis', ['6.2.24', '7.2.16', '7.4.11', '8.2.10', '8.6.7', '8.8.3', '8.10.2', '8.12.0', '9.0.0']),
      [],
    );
    assert.deepEqual(holes('valkey', ['7.2.14', '8.0.10', '8.1.9', '9.0.5', '9.1.1', '9.2.0']), []);
  });

  it('finds one in the release before it', () => {
    const before = ['6.2.23', '7.2.15', '7.4.10', '8.2.9', '8.6.6', '8.8.2', '8.10.1'];
    assert.deepEqual(holes('redis', before), before);
  });

  it('finds one in lines that were given up or that are older than the table', () => {
    const given = ['2.8.24', '5.0.14', '6.0.20', '7.0.15', '8.0.6', '8.4.6'];
    assert.deepEqual(holes('redis', given), given);
  });

  it('tells all that a version has, the newest first', () => {
    const published = (text: string) => holesIn('redis', version(text)).map((hole) => hole.published);
    assert.deepEqual(published('8.2.2'), ['2026-09', '2026-08', '2026-07', '2026-05', '2025-11']);
    assert.deepEqual(published('7.4.10'), ['2026-08']);
  });

  it('leads to a version of the same line, or of the newest where that line is given up', () => {
    const safe = (text: string) => formatVersion(safeVersion('redis', version(text)));
    assert.deepEqual(['8.2.3', '7.2.4', '8.4.0', '7.0.15'].map(safe), ['8.2.10', '7.2.16', '8.10.2', '8.10.2']);
  });
});

describe('Tags of Redis', () => {
  it('tell the version where they tell its patch', () => {
    assert.deepEqual(
      ['8.2.10', 'v8.2.10', '8.2.10-alpine3.22', '8.2.10-debian-12-r0'].map(versionOf),
      Array(4).fill([8, 2, 10]),
    );
    assert.deepEqual(['8', '8.2', '8.2-alpine', 'latest', '', '8.2.1.4'].map(versionOf), Array(6).fill(undefined));
  });
});
