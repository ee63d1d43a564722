import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { NODE_FLAGS } from '../../../services/cache-engine/src/contract.ts';

describe('the engine’s image', () => {
  it('runs node with the flags that every other way to run the engine uses', () => {
    const dockerfile = readFileSync(new URL('../../../services/cache-engine/Dockerfile', import.meta.url), 'utf8');
    const [, entrypoint = '[]'] = /^ENTRYPOINT (.+)$/m.exec(dockerfile) ?? [];
    assert.deepEqual(JSON.parse(entrypoint), ['node', ...NODE_FLAGS, '/app/main.js']);
  });
});
