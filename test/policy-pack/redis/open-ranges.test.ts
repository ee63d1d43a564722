import assert from 'node:assert/strict';
import { isPublicRange } from '../../../policy-pack/redis/open-ranges.ts';

describe('Ranges of addresses', () => {
  for (const cidr of [
    '0.0.0.0/0',
    '::/0',
    '0.0.0.0/1',
    '10.0.0.0/7',
    '203.0.113.0/24',
    '2001:db8::/32',
    'everywhere',
  ]) {
    it(`hold addresses of the internet: ${cidr}`, () => {
      assert.ok(isPublicRange(cidr));
    });
  }

  for (const cidr of [
    '10.0.0.0/8',
    '10.1.2.0/24',
    '172.16.0.0/12',
    '192.168.1.1/32',
    '100.64.0.0/10',
    'fd00::/8',
    '::1/128',
  ]) {
    it(`are private: ${cidr}`, () => {
      assert.ok(!isPublicRange(cidr));
    });
  }
});
