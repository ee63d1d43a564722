import assert from 'node:assert/strict';
import type { Engine } from '../../../../services/cache-engine/src/compose.ts';
import { partitionOf } from '../../../../services/cache-engine/src/engine/answer-key.ts';
import { textOf } from '../../../../services/cache-engine/src/engine/completion.ts';
import { NO_WISHES } from '../../../../services/cache-engine/src/engine/controls.ts';
import { requestOf } from '../../../../services/cache-engine/src/engine/requesting.ts';
import type { Parcel } from '../../../../services/cache-engine/src/engine/transfer.ts';
import { testEngine, testRegion } from '../support/compose.ts';
import { TestClock, TestOrigin, warmTierWith } from '../support/doubles.ts';
import { completion, question } from '../support/questions.ts';

const SMITH = partitionOf('smith');
const TEXTS = ['When is sunset?', 'Which group portraits come first?', 'What if it rains?'];
const requestFor = (text: string) =>
  requestOf(question({ messages: [{ role: 'user', text }] }), SMITH, NO_WISHES, ['portraits']).request;

describe('answers on their way to another region', () => {
  let clock: TestClock;
  let origin: TestOrigin;
  let home: Engine;
  let parcels: Parcel[];
  const region = () => testRegion({ clock, origin });
  const exported = async ({ services }: Engine, partition = SMITH) => {
    const all: Parcel[] = [];
    for await (const parcel of services.transfer.export(partition)) all.push(parcel);
    return all;
  };

  beforeEach(async () => {
    clock = new TestClock('2026-05-01T10:00:00Z');
    origin = new TestOrigin(async ({ messages }) => completion(`On: ${String(messages.at(-1)?.text)}`));
    home = testEngine(region());
    for (const text of TEXTS) await home.services.answering.ask(requestFor(text));
    parcels = await exported(home);
  });

  it('arrive as they were, under the keys of the region where they arrive', async () => {
    const abroad = region();
    const engine = testEngine(abroad);
    clock.pass(60);
    for (const parcel of JSON.parse(JSON.stringify(parcels)) as Parcel[])
      assert.equal(await engine.services.transfer.import(SMITH, parcel), 'stored');
    for (const text of TEXTS) {
      const { source, entry } = await engine.services.answering.ask(requestFor(text));
      assert.deepEqual([source, textOf(entry.completion), entry.ageSeconds(clock.now())], ['warm', `On: ${text}`, 60]);
    }
    assert.equal(origin.calls, TEXTS.length);
    assert.deepEqual(await exported(engine), parcels);
    const { key } = requestFor(TEXTS[0] ?? '').place;
    const [one, other] = await Promise.all([abroad.adapters.warm.get(key), exported(home)]);
    assert.ok(one !== undefined && !one.toString('latin1').includes('On: ') && other.length === 3);
  });

  it('can be invalidated there as at home', async () => {
    const engine = testEngine(region());
    for (const parcel of parcels) await engine.services.transfer.import(SMITH, parcel);
    const { removed } = await engine.services.invalidation.invalidate(SMITH, { by: 'tag', tag: 'portraits' });
    assert.equal(removed.warm, 3);
  });

  it('change nothing when they arrive a second time', async () => {
    const engine = testEngine(region());
    for (const parcel of [...parcels, ...parcels]) await engine.services.transfer.import(SMITH, parcel);
    assert.deepEqual(await exported(engine), parcels);
  });

  const refused: Record<string, [string, (parcel: Parcel) => Parcel, string?]> = {
    'another vendor’s': ['another-partition', (parcel) => parcel, partitionOf('jones')],
    'of a made-up key': ['another-partition', (parcel) => ({ ...parcel, key: 'nonsense' })],
    'no record': ['not-an-answer', (parcel) => ({ ...parcel, record: '' })],
    'of another version': [
      'not-an-answer',
      (parcel) => ({ ...parcel, record: Buffer.from('2{}\n').toString('base64') }),
    ],
    'a stub': [
      'not-an-answer',
      (parcel) => ({ ...parcel, record: Buffer.from('3{"kind":"cold","goneAt":1e15}\n').toString('base64') }),
    ],
    'an alias': [
      'not-an-answer',
      (parcel) => ({
        ...parcel,
        record: Buffer.from('3{"kind":"alias","target":"x","goneAt":1e15}\n').toString('base64'),
      }),
    ],
  };
  for (const [what, [delivery, change, partition = SMITH]] of Object.entries(refused)) {
    it(`are refused where one is ${what}`, async () => {
      const abroad = region();
      const { services } = testEngine(abroad);
      const [parcel] = parcels;
      assert.ok(parcel);
      assert.equal(await services.transfer.import(partition, change(parcel)), delivery);
      assert.deepEqual(await abroad.adapters.warm.partitions(), []);
    });
  }

  it('are refused once they are gone', async () => {
    const { services } = testEngine(region());
    clock.pass(24 * 3600);
    for (const parcel of parcels) assert.equal(await services.transfer.import(SMITH, parcel), 'expired');
  });

  it('leave out what does not open, aliases, and other vendors', async () => {
    assert.deepEqual(await exported(home, partitionOf('jones')), []);
    const torn = region();
    const { warm } = torn.adapters;
    const engine = testEngine(torn, { warm: warmTierWith(warm, { get: async () => Buffer.from('garbage') }) });
    for (const text of TEXTS) await engine.services.answering.ask(requestFor(text));
    assert.deepEqual(await exported(engine), []);
  });
});
