import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AlertWatch } from '../../../../local/region/drill/alerts.ts';

/** An answer of Prometheus at /api/v1/alerts. */
const answer = (alerts: readonly (readonly [name: string, state: string])[]) => ({
  data: { alerts: alerts.map(([alertname, state]) => ({ state, labels: { alertname, severity: 'page' } })) },
});

describe('a watch of alerts', () => {
  let server: Server;
  let answers: object[];
  let watch: AlertWatch;

  beforeEach(async () => {
    answers = [];
    // Each answer once, the last one for good.
    server = createServer((_request, response) =>
      response.end(JSON.stringify(answers.length > 1 ? answers.shift() : answers[0])),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    watch = new AlertWatch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  it('sees what fires: each name once, without what waits and what always fires', async () => {
    answers = [
      answer([
        ['EngineDown', 'firing'],
        ['EngineDown', 'firing'],
        ['RedisFailover', 'pending'],
        ['RegionWatchdog', 'firing'],
      ]),
    ];
    assert.deepEqual(await watch.firing(), ['EngineDown']);
  });

  it('remembers what fired until it is told to forget', async () => {
    answers = [answer([['Two', 'firing']]), answer([['One', 'firing']]), answer([])];
    for (let look = 0; look < 3; look++) await watch.firing();
    assert.deepEqual(watch.seen, ['One', 'Two']);
    watch.forget();
    assert.deepEqual(watch.seen, []);
  });

  it('says how long it took, or that it took too long', async () => {
    answers = [answer([['One', 'firing']])];
    const { signal } = new AbortController();
    assert.equal(await watch.until((firing) => firing.includes('One'), 1, signal), 0);
    assert.equal(await watch.until((firing) => firing.includes('Two'), 0, signal), undefined);
  });

  it('ends when it is interrupted', async () => {
    answers = [answer([])];
    const interrupted = AbortSignal.abort();
    await assert.rejects(
      watch.until(() => false, 60, interrupted),
      { name: 'AbortError' },
    );
  });
});
