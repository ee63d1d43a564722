import assert from 'node:assert/strict';
import type { Probe } from '../../../local/pods/kubernetes/pod-spec.ts';
import { watchProbe } from '../../../local/pods/pod/prober.ts';

const OFTEN = 0.001; // seconds

/** Asks a probe that answers in this order, until it has answered all. @returns what was reported */
async function ask(answers: readonly boolean[], probe: Probe, eager: boolean): Promise<string[]> {
  const reports: string[] = [];
  const stop = new AbortController();
  const left = [...answers, true];
  const check = () => {
    const ok = left.shift() ?? true;
    if (left.length === 0) stop.abort();
    return Promise.resolve({ ok, message: ok ? '' : 'not yet' });
  };
  const report = (what: string) => {
    reports.push(what);
    return false;
  };
  const watch = { check, onSuccess: () => report('success'), onFailure: (message: string) => report(message) };
  await watchProbe(probe, eager, watch, stop.signal);
  return reports;
}

describe('a probe', () => {
  it('is asked in quick succession before its first success, and the quick failures do not count', async () => {
    let asked = 0;
    const check = () => Promise.resolve({ ok: ++asked === 4, message: 'not yet' });
    const reports: string[] = [];
    const watch = { check, onSuccess: () => true, onFailure: (message: string) => reports.push(message) > 0 };
    await watchProbe({ periodSeconds: 3600, failureThreshold: 1 }, true, watch, new AbortController().signal);
    assert.equal(asked, 4);
    assert.deepEqual(reports, []);
  });

  it('reports when its thresholds of successes and failures in a row are reached', async () => {
    const probe = { periodSeconds: OFTEN, successThreshold: 2, failureThreshold: 2 };
    const reports = await ask([true, true, false, true, false, false], probe, false);
    assert.deepEqual(reports, ['success', 'not yet']);
  });

  it('has failed when as many periods as it is given have passed without a first success', async () => {
    const misses = Array.from({ length: 9 }, () => false);
    const reports = await ask(misses, { periodSeconds: OFTEN, failureThreshold: 3 }, true);
    assert.equal(reports[0], 'not yet');
  });
});
