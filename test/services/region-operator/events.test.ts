import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { once } from 'node:events';
import { MemoryMetrics } from '../../../services/region-operator/src/adapters/memory-metrics.ts';
import { hashOfToken } from '../../../services/region-operator/src/contract.ts';
import { Accounts } from '../../../services/region-operator/src/sign-in/accounts.ts';
import { API, type Snapshot } from '../../../services/region-operator/src/wire.ts';
import { EventReader } from './support/events.ts';
import { ACCOUNTS, startOperator, type TestOperator } from './support/operator.ts';

describe('Events of the operator', () => {
  let metrics: MemoryMetrics;
  let operator: TestOperator;
  let cookie: string;
  const readers: EventReader[] = [];
  beforeEach(async () => {
    metrics = new MemoryMetrics();
    operator = await startOperator({ metrics });
    cookie = await operator.signIn('viewer');
  });
  afterEach(async () => {
    await operator.close();
    await Promise.all(readers.splice(0).map((reader) => reader.leave().catch(() => {})));
  });

  async function watch(lastEventId?: string): Promise<EventReader> {
    const last = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
    const response = await operator.call('GET', API.events, undefined, { cookie, ...last });
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const reader = new EventReader(response);
    readers.push(reader);
    return reader;
  }

  it('begin with a gap and how things stand, and go on with every look', async () => {
    const reader = await watch();
    assert.equal((await reader.next())?.event, 'gap');
    const first = await reader.next();
    assert.equal(first?.event, 'snapshot');
    assert.equal((first.data as Snapshot).season.name, 'peak');
    metrics.up = false;
    await operator.services.poller.look();
    const second = (await reader.next())?.data as Snapshot;
    assert.equal(second.verdict.state, 'unknown');
    assert.match(second.away?.reason ?? '', /Prometheus does not answer/);
    assert.deepEqual(second.figures, (first.data as Snapshot).figures);
  });

  it('come from one look, however many watch', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => watch()));
    const asked = metrics.asked;
    await operator.services.poller.look();
    const once = metrics.asked - asked;
    for (const reader of all) {
      await reader.next();
      await reader.next();
      assert.equal((await reader.next())?.event, 'snapshot');
    }
    assert.equal(metrics.asked - asked, once);
    assert.equal(operator.services.hub.viewers, 20);
  });

  it('that were missed are told after a short absence, and a gap after a long one', async () => {
    const reader = await watch();
    await reader.next();
    const seen = await reader.next();
    await reader.leave();
    await operator.services.poller.look();
    await operator.services.poller.look();
    const back = await watch(seen?.id);
    const missed = [await back.next(), await back.next()];
    const number = Number(seen?.id?.split('-')[1]);
    assert.deepEqual(
      missed.map((event) => [event?.event, Number(event?.id?.split('-')[1])]),
      [
        ['snapshot', number + 1],
        ['snapshot', number + 2],
      ],
    );
    const stranger = await watch('000000000000-1');
    assert.equal((await stranger.next())?.event, 'gap');
    for (let look = 0; look < 61; look++) await operator.services.poller.look();
    const late = await watch(seen?.id);
    assert.equal((await late.next())?.event, 'gap');
    assert.equal((await late.next())?.event, 'snapshot');
  });

  it('are not sent to a page that does not take them', async () => {
    const { port } = new URL(operator.url);
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(`GET ${API.events} HTTP/1.1\r\nhost: x\r\ncookie: ${cookie}\r\n\r\n`);
    await once(socket, 'data');
    socket.pause();
    const { hub, counts } = operator.services;
    while (hub.viewers === 0) await operator.services.poller.look();
    // What the kernels of both ends take is not the operator's.
    const latest = hub.latest;
    assert.ok(latest);
    const large = { ...latest, verdict: { state: 'look' as const, reasons: ['x'.repeat(200_000)] } };
    for (let sent = 0; hub.viewers > 0; sent++) {
      assert.ok(sent < 500, 'the page was never cut off');
      hub.publish(large);
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.match(await counts.registry.metrics(), /dropped_viewers_total\{service="region-operator"\} 1/);
    socket.destroy();
  });

  it('end when who watches may not any more', async () => {
    let accounts = ACCOUNTS;
    const strict = await startOperator({ metrics, heartbeat: 20, accounts: () => accounts });
    try {
      const response = await strict.call('GET', API.events, undefined, { cookie: await strict.signIn('viewer') });
      const reader = new EventReader(response);
      await reader.next();
      await reader.next();
      accounts = Accounts.parse(`viewer viewer ${hashOfToken('another secret')}`, 'accounts');
      assert.equal(await reader.next(), undefined);
    } finally {
      await strict.close();
    }
  });

  it('end when the operator stops', async () => {
    const reader = await watch();
    await reader.next();
    await reader.next();
    await operator.app.close();
    assert.equal(await reader.next(), undefined);
  });
});
