import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { alertmanagerConfiguration, type ReceiverPlaces } from '../../../components/monitoring/routing.ts';
import { GROUPS } from './region.ts';

const run = promisify(execFile);

const ALL: ReceiverPlaces = {
  phone: { url: 'https://on-call.example/phone' },
  second: { url: 'https://on-call.example/second' },
  channel: { url: 'https://chat.example/team' },
  watchdog: { url: 'https://watch.example/region' },
};

describe('who hears of an alert', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'wedsync-routing-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  function fileOf(places: ReceiverPlaces): string {
    const file = join(folder, 'alertmanager.json');
    writeFileSync(file, JSON.stringify(alertmanagerConfiguration(places)));
    return file;
  }

  /** The receivers of an alert with these labels, by amtool. */
  async function receivers(places: ReceiverPlaces, labels: Readonly<Record<string, string>>): Promise<string> {
    const pairs = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
    const { stdout } = await run('amtool', ['config', 'routes', 'test', `--config.file=${fileOf(places)}`, ...pairs]);
    return stdout.trim();
  }

  for (const [name, places] of Object.entries({ everybody: ALL, nobody: {}, 'only the phone': { phone: ALL.phone } })) {
    it(`is a configuration that Alertmanager takes, with ${name} to tell`, async () => {
      const { stdout } = await run('amtool', ['check-config', fileOf(places as ReceiverPlaces)]);
      assert.match(stdout, /SUCCESS/);
    });
  }

  it('is the phone for a page, on any day; the team for a ticket; the next in line when nobody answers', async () => {
    assert.equal(await receivers(ALL, { alertname: 'EngineAbsent', severity: 'page' }), 'phone');
    assert.equal(await receivers(ALL, { alertname: 'EngineDown', severity: 'page', wedding_day: 'yes' }), 'phone');
    assert.equal(await receivers(ALL, { alertname: 'EngineDown', severity: 'ticket' }), 'channel');
    const again = { alertname: 'EngineDown', severity: 'page', wedding_day: 'yes', step: '2' };
    assert.equal(await receivers(ALL, again), 'second-phone');
    assert.equal(await receivers(ALL, { alertname: 'RegionWatchdog', severity: 'none' }), 'watchdog');
  });

  it('is somebody for alerts that are not the region’s own', async () => {
    assert.equal(
      await receivers(ALL, { alertname: 'NodeFilesystemAlmostOutOfSpace', severity: 'critical' }),
      'channel',
    );
  });

  it('is nobody for what another chart has always firing', async () => {
    assert.equal(await receivers(ALL, { alertname: 'Watchdog', severity: 'none' }), 'nobody');
    assert.equal(await receivers(ALL, { alertname: 'InfoInhibitor', severity: 'major' }), 'nobody');
  });

  it('is nobody where nobody was named', async () => {
    assert.equal(await receivers({}, { alertname: 'EngineAbsent', severity: 'page' }), 'nobody');
    assert.equal(await receivers({}, { alertname: 'RegionWatchdog', severity: 'none' }), 'nobody');
  });

  it('hears of a page on a Saturday within two minutes: a scrape, the rule’s evaluation and time, and the wait of the group', () => {
    const { route } = alertmanagerConfiguration(ALL);
    const wedding = route.routes?.find(({ matchers }) => matchers?.includes('wedding_day="yes"'));
    assert.equal(wedding?.group_wait, '0s');
    const scrape = 30;
    const slow = GROUPS.flatMap(({ intervalSeconds, alerts = [] }) =>
      alerts
        .filter(({ severity, days }) => severity === 'page' && days === 'wedding-day')
        .map(({ name, for: held = '0s' }) => ({ name, seconds: scrape + intervalSeconds + secondsOf(held) })),
    ).filter(({ seconds }) => seconds > 120);
    // What waits longer on purpose: a master's replica is away for as long as its Pod is replaced.
    assert.deepEqual(
      slow.map(({ name }) => name),
      ['RedisShardWithoutReplica'],
    );
  });

  it('names in its inhibitions only alerts that there are', () => {
    const names = new Set(GROUPS.flatMap(({ alerts = [] }) => alerts.map(({ name }) => name)));
    const matchers = alertmanagerConfiguration(ALL).inhibit_rules.flatMap(({ source_matchers, target_matchers }) => [
      ...source_matchers,
      ...target_matchers,
    ]);
    const patterns = matchers.flatMap((matcher) => /^alertname=~?"(.*)"$/.exec(matcher)?.[1]?.split('|') ?? []);
    assert.ok(patterns.length > 5);
    for (const pattern of patterns) {
      assert.ok(
        [...names].some((name) => new RegExp(`^${pattern}$`).test(name)),
        pattern,
      );
    }
  });
});

function secondsOf(duration: string): number {
  const [, count = '', unit = ''] = /^(\d+)([smh])$/.exec(duration) ?? [];
  return Number(count) * { s: 1, m: 60, h: 3600 }[unit as 's' | 'm' | 'h'];
}
