import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import getPort from 'get-port';
import { alertmanagerConfiguration } from '../../../components/monitoring/routing.ts';
import { ruleSpec } from '../../../components/monitoring/rules.ts';
import { prometheusClient, TestPrometheus } from '../../support/prometheus.ts';
import { promtoolTest } from './promtool.ts';
import { GROUPS, onBothDays, SUMMER_SATURDAY } from './region.ts';

type Labels = Readonly<Record<string, string>>;

const WATCHING = GROUPS.filter(({ name }) => name === 'wedsync.watching');
const PAGES = new Set(
  GROUPS.flatMap(({ alerts = [] }) => alerts.filter(({ severity }) => severity === 'page').map(({ name }) => name)),
);
const again = [...PAGES].map((name) => `${name}, again`);

/** Alerts that began when the case did. */
function ringing(names: Iterable<string>, { severity = 'page', state = 'firing' } = {}): Labels {
  return Object.fromEntries(
    [...names].flatMap((name) => [
      [`ALERTS_FOR_STATE{alertname="${name}",severity="${severity}"}`, '0+0xN'],
      [`ALERTS{alertname="${name}",severity="${severity}",alertstate="${state}"}`, '1+0xN'],
    ]),
  );
}

describe('the next one in line', function () {
  this.timeout(60_000);

  it('is called for every page that rings for long, also when all ring at once, and for nothing else', () => {
    const all = ringing(PAGES);
    return promtoolTest(WATCHING, [
      ...onBothDays('all ring for four minutes', all, { at: '4m', weekday: [...PAGES], wedding: [...PAGES] }),
      ...onBothDays('all ring for six minutes', all, { at: '6m', weekday: [...PAGES], wedding: [...PAGES, ...again] }),
      ...onBothDays('all ring for sixteen minutes', all, {
        at: '16m',
        weekday: [...PAGES, ...again],
        wedding: [...PAGES, ...again],
      }),
      ...onBothDays('what may ring waits', ringing(PAGES, { state: 'pending' }), {
        at: '1h',
        weekday: [],
        wedding: [],
      }),
      ...onBothDays('tickets wait', ringing(['EngineDown'], { severity: 'ticket' }), {
        at: '1h',
        weekday: ['EngineDown'],
        wedding: ['EngineDown'],
      }),
    ]);
  });

  it('is not called for a page that somebody silences, nor for one that another holds back', async () => {
    const absent = { alertname: 'EngineAbsent', severity: 'page' };
    const down = { alertname: 'EngineDown', severity: 'page', job: 'cache-engine', wedding_day: 'yes' };
    const calls = await secondCallsFor([absent, down]);
    assert.deepEqual(
      calls.map(({ step }) => step),
      ['2', '2'],
    );

    const alertmanager = await TestAlertmanager.start();
    try {
      await alertmanager.tell([down, ...calls.filter(({ alertname }) => alertname === 'EngineDown')]);
      await alertmanager.comesTo({ EngineDown: 'active', 'EngineDown 2': 'active' });
      await alertmanager.silence(down);
      await alertmanager.comesTo({ EngineDown: 'suppressed', 'EngineDown 2': 'suppressed' });
    } finally {
      await alertmanager.stop();
    }

    const other = await TestAlertmanager.start();
    try {
      await other.tell([absent, down, ...calls]);
      await other.comesTo({
        ...{ EngineAbsent: 'active', 'EngineAbsent 2': 'active' },
        ...{ EngineDown: 'suppressed', 'EngineDown 2': 'suppressed' },
      });
    } finally {
      await other.stop();
    }
  });
});

/** The calls that a real Prometheus makes of pages that have rung for 20 minutes on a wedding day, by their labels. */
async function secondCallsFor(pages: readonly Labels[]): Promise<Labels[]> {
  const now = Date.now() / 1000;
  const text = (labels: Labels) => Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const series = pages.flatMap((page) => [
    `ALERTS_FOR_STATE{${text(page).join()}} ${now - 1200} ${now}`,
    `ALERTS{${[...text(page), 'alertstate="firing"'].join()}} 1 ${now}`,
  ]);
  const day = Object.keys(SUMMER_SATURDAY).map((name) => `${name} 1 ${now}`);
  const soon = WATCHING.map((group) => ({ ...group, intervalSeconds: 1 }));
  const prometheus = await TestPrometheus.start(
    JSON.stringify(ruleSpec(soon, 'docs/runbook.md')),
    [...series, ...day, '# EOF', ''].join('\n'),
  );
  try {
    for (;;) {
      const alerts = await prometheusClient(prometheus.url).alerts();
      const calls = alerts.map(({ labels }) => labels).filter(({ step }) => step !== undefined);
      if (calls.length === pages.length) return calls;
      await delay(100);
    }
  } finally {
    await prometheus.stop();
  }
}

/** A real Alertmanager with the region's routes, whose receivers nobody runs. */
class TestAlertmanager {
  readonly #api: string;
  readonly #end: () => Promise<void>;

  private constructor(api: string, end: () => Promise<void>) {
    this.#api = api;
    this.#end = end;
  }

  static async start(): Promise<TestAlertmanager> {
    const folder = mkdtempSync(join(tmpdir(), 'alertmanager-'));
    const nowhere = { url: 'http://127.0.0.1:9/' };
    writeFileSync(
      join(folder, 'alertmanager.json'),
      JSON.stringify(alertmanagerConfiguration({ phone: nowhere, second: nowhere })),
    );
    const address = `127.0.0.1:${await getPort()}`;
    const child = spawn(
      'prometheus-alertmanager',
      [
        `--config.file=${join(folder, 'alertmanager.json')}`,
        `--storage.path=${folder}`,
        `--web.listen-address=${address}`,
        '--cluster.listen-address=',
      ],
      { stdio: 'ignore' },
    );
    const end = async () => {
      if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    };
    const api = `http://${address}/api/v2`;
    while (
      !(await fetch(`${api}/status`).then(
        ({ ok }) => ok,
        () => false,
      ))
    ) {
      assert.equal(child.exitCode, null);
      await delay(50);
    }
    return new TestAlertmanager(api, end);
  }

  stop(): Promise<void> {
    return this.#end();
  }

  async tell(alerts: readonly Labels[]): Promise<void> {
    // Alertmanager's own label of every alert of the region, by which it holds back.
    await this.#post(
      'alerts',
      alerts.map((labels) => ({ labels: { ...labels, region: 'uk-south' } })),
    );
  }

  /** A silence as Alertmanager's page fills it in: by every label of the alert. */
  async silence(labels: Labels): Promise<void> {
    const matchers = Object.entries(labels).map(([name, value]) => ({ name, value, isRegex: false, isEqual: true }));
    const [startsAt, endsAt] = [0, 3_600_000].map((later) => new Date(Date.now() + later).toISOString());
    await this.#post('silences', { matchers, startsAt, endsAt, createdBy: 'ada', comment: 'at it' });
  }

  /** Looks until this has become of each alert, by name and step. */
  async comesTo(expected: Readonly<Record<string, 'active' | 'suppressed'>>): Promise<void> {
    for (;;) {
      const response = await fetch(`${this.#api}/alerts`);
      const alerts = (await response.json()) as { labels: Labels; status: { state: string } }[];
      const states = alerts.map(({ labels: { alertname, step }, status: { state } }) => [
        [alertname, step].filter((word) => word !== undefined).join(' '),
        state,
      ]);
      if (isDeepStrictEqual(Object.fromEntries(states), expected)) return;
      await delay(50);
    }
  }

  async #post(path: string, body: unknown): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${this.#api}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    assert.equal(response.status, 200, await response.text());
  }
}
