import assert from 'node:assert/strict';
import { SERIES, WATCHDOG } from '@wedsync/region-operator/contract';
import { ruleGroups } from '../../../components/monitoring/plan.ts';
import { FIGURES } from '../monitoring/region.ts';

describe('what the console reads from Prometheus', () => {
  const groups = ruleGroups(FIGURES);

  it('is recorded by the region’s rules, under these names', () => {
    const recorded = new Set(groups.flatMap(({ recording = [] }) => recording.map(({ record }) => record)));
    for (const name of Object.values(SERIES)) assert.ok(recorded.has(name), name);
  });

  it('says by an alert of theirs that they are worked out', () => {
    const alerts = groups.flatMap(({ alerts: all = [] }) => all.map(({ name }) => name));
    assert.ok(alerts.includes(WATCHDOG), WATCHDOG);
  });
});
