import assert from 'node:assert/strict';
import { MemoryWeddings } from '../../../../services/cache-engine/src/adapters/memory/memory-weddings.ts';
import { WeddingDates } from '../../../../services/cache-engine/src/engine/wedding-dates.ts';
import type { Weddings } from '../../../../services/cache-engine/src/ports/weddings.ts';

describe('the dates of weddings that moved', () => {
  let store: MemoryWeddings;
  let reads: number;
  let away: boolean;
  let dates: WeddingDates;

  beforeEach(() => {
    store = new MemoryWeddings();
    reads = 0;
    away = false;
    const counting: Weddings = {
      dateOf: (partition, wedding) => {
        reads++;
        return away ? Promise.reject(new Error('Redis is gone')) : store.dateOf(partition, wedding);
      },
      move: (partition, wedding, date) => store.move(partition, wedding, date),
    };
    dates = new WeddingDates(counting);
  });

  it('are read once, also that there is none', async () => {
    await store.move('p', 'w', '2026-06-13');
    for (let i = 0; i < 3; i++) {
      assert.equal(await dates.of('p', 'w'), '2026-06-13');
      assert.equal(await dates.of('q', 'w'), undefined);
    }
    assert.equal(reads, 2);
  });

  it('are what was heard last', async () => {
    assert.equal(await dates.of('p', 'w'), undefined);
    dates.moved('p', 'w', '2026-06-20');
    assert.equal(await dates.of('p', 'w'), '2026-06-20');
    assert.equal(await dates.of('p', 'v'), undefined);
  });

  it('are read again after everything was forgotten', async () => {
    dates.moved('p', 'w', '2026-06-20');
    dates.clear();
    await store.move('p', 'w', '2026-06-27');
    assert.equal(await dates.of('p', 'w'), '2026-06-27');
  });

  it('are not known while the store is away, and known again when it is back', async () => {
    await store.move('p', 'w', '2026-06-13');
    away = true;
    assert.equal(await dates.of('p', 'w'), undefined);
    away = false;
    assert.equal(await dates.of('p', 'w'), '2026-06-13');
  });
});
