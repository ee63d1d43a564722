import assert from 'node:assert/strict';
import { parseClusterTestOptions } from '../../../scripts/lib/cluster-tests/options.ts';

describe('the options of npm run test:cluster', () => {
  it('default to every stack and every test', () => {
    const { stacks, grep } = parseClusterTestOptions([]);
    assert.deepEqual({ stacks, grep }, { stacks: ['uk-south', 'uk-west', 'eu-west'], grep: undefined });
  });

  it('take some stacks, and tests by a part of their name', () => {
    const { stacks, grep } = parseClusterTestOptions(['--stack', 'eu-west', '--stack', 'uk-west', '--grep', 'rights']);
    assert.deepEqual({ stacks, grep }, { stacks: ['eu-west', 'uk-west'], grep: 'rights' });
  });

  it('refuse a stack that there is none of, and what they do not know', () => {
    assert.throws(() => parseClusterTestOptions(['--stack', 'paris']), {
      name: 'UsageError',
      message: '--stack is "paris". Allowed: uk-south, uk-west, eu-west.',
    });
    assert.throws(() => parseClusterTestOptions(['--fast']), { name: 'UsageError', message: /--fast/ });
  });
});
