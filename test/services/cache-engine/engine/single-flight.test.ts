import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { SingleFlight, type FlightControls } from '../../../../services/cache-engine/src/engine/single-flight.ts';
import { fc } from '../../../support/property.ts';
import { deferred } from '../support/doubles.ts';

type Controls = FlightControls<string>;

describe('single flight', () => {
  it('does the work once for all who ask at the same time', async () => {
    const flights = new SingleFlight<string, number>();
    const gate = deferred<number>();
    let works = 0;
    const work = () => (works++, gate.promise);
    const asked = Array.from({ length: 500 }, () => flights.join('k', work));
    gate.resolve(7);
    assert.deepEqual(new Set(await Promise.all(asked)), new Set([7]));
    assert.equal(works, 1);
    assert.equal(flights.size, 0);
  });

  it('tells everyone the one error, and starts anew for who asks afterwards', async () => {
    const flights = new SingleFlight<string, number>();
    const fail = () => Promise.reject(new Error('origin gone'));
    const asked = await Promise.allSettled([flights.join('k', fail), flights.join('k', fail)]);
    assert.deepEqual(
      asked.map((one) => one.status === 'rejected' && (one.reason as Error).message),
      ['origin gone', 'origin gone'],
    );
    assert.equal(await flights.join('k', async () => 1), 1);
  });

  it('lets the one who came first leave without taking the answer from the others', async () => {
    const flights = new SingleFlight<string, number>();
    const gate = deferred<number>();
    let controls: Controls | undefined;
    const work = (given: Controls) => ((controls = given), gate.promise);
    const first = new AbortController();
    const leaving = flights.join('k', work, first.signal);
    const staying = flights.join('k', work);
    first.abort(new Error('hung up'));
    await assert.rejects(leaving, /hung up/);
    await turn();
    assert.equal(controls?.signal.aborted, false);
    gate.resolve(3);
    assert.equal(await staying, 3);
  });

  it('stops the work when the last one has left, and does not hand its remains to the next', async () => {
    const flights = new SingleFlight<string, string>();
    let stopped: AbortSignal | undefined;
    const leaving = new AbortController();
    const left = flights.join(
      'k',
      ({ signal }) =>
        new Promise(
          (_, reject) => ((stopped = signal), signal.addEventListener('abort', () => reject(new Error('stopped')))),
        ),
      leaving.signal,
    );
    await turn();
    leaving.abort(new Error('hung up'));
    const next = flights.join('k', async () => 'fresh');
    await assert.rejects(left, /hung up/);
    assert.equal(stopped?.aborted, true);
    assert.equal(await next, 'fresh');
  });

  it('refuses who has left before it came', async () => {
    const flights = new SingleFlight<string, number>();
    await assert.rejects(
      flights.join('k', async () => 1, AbortSignal.abort(new Error('gone'))),
      /gone/,
    );
    assert.equal(flights.size, 0);
  });

  it('hands each part to everyone in order, to late-comers from the beginning', async () => {
    const flights = new SingleFlight<string, string>();
    const gate = deferred<string>();
    let controls: Controls | undefined;
    const work = (given: Controls) => ((controls = given), gate.promise);
    const heard: string[][] = [[], []];
    const early = flights.join('k', work, undefined, (part) => heard[0]?.push(part));
    await turn();
    controls?.emit('a');
    const late = flights.join('k', work, undefined, (part) => heard[1]?.push(part));
    controls?.emit('b');
    gate.resolve('ab');
    await Promise.all([early, late]);
    assert.deepEqual(heard, [
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('settles everyone exactly once, whoever comes, leaves, succeeds or fails in any order', async () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('join' as const), key: fc.constantFrom('a', 'b') }),
        fc.record({ kind: fc.constant('leave' as const), who: fc.nat(20) }),
        fc.record({ kind: fc.constant('land' as const), work: fc.nat(20), ok: fc.boolean() }),
        fc.record({ kind: fc.constant('wait' as const) }),
      ),
      { maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const flights = new SingleFlight<string, string>();
        const works: { key: string; gate: PromiseWithResolvers<string>; signal: AbortSignal; landed: boolean }[] = [];
        const callers: { key: string; leaving: AbortController; outcome: Promise<string> }[] = [];
        for (const step of taken) {
          if (step.kind === 'join') {
            const leaving = new AbortController();
            const { key } = step;
            const work = ({ signal }: Controls) => {
              const gate = deferred<string>();
              works.push({ key, gate, signal, landed: false });
              return gate.promise;
            };
            const outcome = flights.join(key, work, leaving.signal).then(
              (value) => value,
              (error: Error) => error.message,
            );
            callers.push({ key, leaving, outcome });
          } else if (step.kind === 'leave') callers[step.who]?.leaving.abort(new Error('left'));
          else if (step.kind === 'land') {
            const work = works[step.work];
            if (work !== undefined) work.landed = true;
            if (step.ok) work?.gate.resolve(`answer ${work.key}`);
            else work?.gate.reject(new Error(`failed ${work.key}`));
          } else await turn();
          for (const key of ['a', 'b']) {
            const underWay = works.filter((work) => work.key === key && !work.landed && !work.signal.aborted);
            assert.ok(underWay.length <= 1, 'the same work is never done twice at once');
          }
        }
        await turn();
        for (const { key, gate } of works) gate.resolve(`answer ${key}`);
        for (const { key, outcome } of callers) {
          assert.ok([`answer ${key}`, `failed ${key}`, 'left'].includes(await outcome));
        }
        assert.equal(flights.size, 0);
      }),
    );
  });
});
