import assert from 'node:assert/strict';
import { RunGate } from '../../../../../services/cache-engine/src/adapters/embedding/run-gate.ts';

describe('The gate between a run and the end of the process', () => {
  it('lets runs pass until the other side shuts it, then none', async () => {
    const here = new RunGate();
    const there = new RunGate(here.memory);
    assert.equal(await there.pass(async () => 'ran'), 'ran');
    here.shut(0);
    let ran = false;
    const late = there.pass(async () => {
      ran = true;
    });
    await assert.rejects(late, { message: 'The process is ending.' });
    assert.equal(ran, false);
  });

  it('is free again after a run that failed', async () => {
    const gate = new RunGate();
    const failing = gate.pass(() => Promise.reject(new Error('no memory')));
    await assert.rejects(failing, { message: 'no memory' });
    assert.deepEqual([...new Int32Array(gate.memory)], [0, 0]);
  });
});
