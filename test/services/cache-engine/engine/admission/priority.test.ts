import assert from 'node:assert/strict';
import { startOfDate } from '@wedsync/domain';
import { priorityOf } from '../../../../../services/cache-engine/src/engine/admission/priority.ts';

const HOUR = 3_600_000;

describe('the priority of a question', () => {
  const at = (time: string, weddingDate?: string) =>
    priorityOf(weddingDate === undefined ? {} : { weddingDate }, Date.parse(time), 'Europe/London');

  it('is ordinary when it concerns no wedding', () => {
    assert.equal(at('2026-06-13T12:00:00Z'), 'ordinary');
  });

  it('is highest all through the wedding day as the couple’s calendar has it, and in the night after', () => {
    const begins = startOfDate('Europe/London', '2026-06-13');
    const priorities = [-1, 0, 24 * HOUR - 1, 26 * HOUR - 1, 26 * HOUR].map((after) =>
      priorityOf({ weddingDate: '2026-06-13' }, begins + after, 'Europe/London'),
    );
    assert.deepEqual(priorities, ['near-wedding', 'wedding-day', 'wedding-day', 'wedding-day', 'near-wedding']);
  });

  it('is high within seven days of the wedding and no longer', () => {
    assert.equal(at('2026-06-06T12:00:00Z', '2026-06-13'), 'near-wedding');
    assert.equal(at('2026-06-05T12:00:00Z', '2026-06-13'), 'ordinary');
    assert.equal(at('2026-06-20T12:00:00Z', '2026-06-13'), 'near-wedding');
    assert.equal(at('2026-06-21T12:00:00Z', '2026-06-13'), 'ordinary');
  });
});
