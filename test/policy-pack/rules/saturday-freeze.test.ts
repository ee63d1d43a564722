import assert from 'node:assert/strict';
import { type BookingsCalendar, fixedClock } from '@wedsync/domain';
import * as fc from 'fast-check';
import type { Emergency } from '../../../policy-pack/freeze/emergency.ts';
import { freezeZone } from '../../../policy-pack/freeze/plan.ts';
import { messageOf } from '../../../policy-pack/message.ts';
import { checkFreeze, type Moment, saturdayFreezeRule } from '../../../policy-pack/rules/saturday-freeze.ts';
import { judged } from '../support/objects.ts';
import { goodStack } from '../good-stack.ts';
import { ROOT_STACK } from '../support/resource.ts';

const SATURDAY = '2026-04-18T12:00:00Z';
const WEDNESDAY = '2026-04-15T12:00:00Z';
const clockAt = (instant: string) => fixedClock(Date.parse(instant));
const MOMENT: Moment = {
  stack: 'uk-south',
  settings: {},
  bookings: () => undefined,
  emergency: async () => undefined,
  clock: clockAt(WEDNESDAY),
  asked: undefined,
  dryRun: true,
};
const said = async (moment: Partial<Moment>) => (await checkFreeze({ ...MOMENT, ...moment })).map(messageOf);

const BOOKINGS: BookingsCalendar = {
  region: 'uk-south',
  asOf: '2026-04-01',
  source: 'a test',
  first: '2026-01-01',
  last: '2026-12-31',
  weddingsAYear: 36_525,
  expectedWeddings: { '2026-05-03': 250, '2026-05-04': 150 },
};

describe('The Saturday freeze', () => {
  it('says when it ends, in local time', async () => {
    assert.deepEqual(await said({ clock: clockAt('2026-04-17T23:30:00Z') }), [
      'Stack uk-south: the time of the change is Saturday 18 April 2026 00:30 BST. It is Saturday in London, and on Saturdays ' +
        'most weddings take place. Wait until Sunday 19 April 2026 00:00 BST; until then nothing may change without an emergency ' +
        'token (npm run freeze -- --help).',
    ]);
  });

  it('keeps the calendar of Dublin for eu-west, and of the zone that a stack sets', async () => {
    assert.equal(freezeZone('eu-west'), 'Europe/Dublin');
    assert.match((await said({ stack: 'eu-west', asked: SATURDAY }))[0] ?? '', /It is Saturday in Dublin/);
    const settings = { zone: 'Europe/Dublin' } as const;
    assert.match((await said({ settings, asked: SATURDAY }))[0] ?? '', /It is Saturday in Dublin/);
  });

  it('holds on the days that the bookings calendar marks as busy, by the stack’s own threshold', async () => {
    const bookings = () => BOOKINGS;
    const [busy, ...others] = await said({ bookings, asked: '2026-05-03T12:00Z' });
    assert.match(
      busy ?? '',
      /marks this day as busy, with 2\.5 times an average day's weddings\. Wait until Monday 4 May 2026 00:00/,
    );
    assert.deepEqual(others, []);
    assert.deepEqual(await said({ bookings, asked: '2026-05-04T12:00Z' }), []);
    assert.equal((await said({ bookings, asked: '2026-05-04T12:00Z', settings: { busyTimesAverage: 1.4 } })).length, 1);
    assert.deepEqual(await said({ bookings, asked: '2026-05-03T12:00Z', settings: { busyTimesAverage: 3 } }), []);
  });

  it('holds for longer where a stack says so, and says for which day', async () => {
    const settings = { beginsDayBefore: '18:00', endsDayAfter: '06:00' };
    const [before] = await said({ settings, asked: '2026-04-17T18:00' });
    assert.match(
      before ?? '',
      /The freeze for Saturday 18 April 2026 in London began on Friday 17 April 2026 18:00 BST\./,
    );
    assert.match(before ?? '', /Wait until Sunday 19 April 2026 06:00 BST;/);
    assert.deepEqual(await said({ settings, asked: '2026-04-17T17:59' }), []);
  });

  it('judges nothing by a setting or a calendar that it cannot read', async () => {
    assert.match(
      (await said({ settings: { endsDayAfter: '6 am' } }))[0] ?? '',
      /The freeze cannot be judged\. The setting endsDayAfter is "6 am"\./,
    );
    const bookings = () => {
      throw new Error('The calendar is gone');
    };
    assert.match((await said({ bookings }))[0] ?? '', /The freeze cannot be judged\. The calendar is gone\. Mend that/);
  });

  it('lets a preview be asked for as of another time', async () => {
    assert.equal((await said({ asked: SATURDAY })).length, 1);
    assert.deepEqual(await said({ asked: WEDNESDAY, clock: clockAt(SATURDAY) }), []);
    assert.equal((await said({ asked: '', clock: clockAt(SATURDAY) })).length, 1);
  });

  it('lets an update be asked for at no other time than now', async () => {
    assert.equal((await said({ asked: WEDNESDAY, clock: clockAt(SATURDAY), dryRun: false })).length, 1);
    assert.deepEqual(await said({ asked: SATURDAY, dryRun: false }), []);
    assert.deepEqual(await said({ asked: 'whenever', dryRun: false }), []);
  });

  it('says what is wrong with an instant that is none', async () => {
    assert.deepEqual(await said({ asked: 'next Friday' }), [
      'Stack uk-south: WEDSYNC_AT is "next Friday". That is no instant, so the freeze cannot be judged. Use ISO 8601, such as ' +
        '2026-04-18T00:30:00+01:00, or leave it out for the present time.',
    ]);
  });

  it('asks for an emergency token only while it holds; a preview looks at it, an update uses it', async () => {
    const uses: boolean[] = [];
    const emergency: Emergency = async (_attempt, use) => {
      uses.push(use);
      return { accepted: false, value: 'a token', problem: 'It is none.', fix: 'Get one.' };
    };
    assert.deepEqual(await said({ emergency }), []);
    assert.deepEqual(await said({ emergency, asked: SATURDAY }), [
      'Stack uk-south: the emergency token is a token. It is none. Get one. Without a token, nothing may change until Sunday 19 ' +
        'April 2026 00:00 BST.',
    ]);
    await said({ emergency, clock: clockAt(SATURDAY), dryRun: false });
    assert.deepEqual(uses, [false, true]);
  });

  it('speaks once a stack, not once a resource, and uses one token once', async () => {
    let used = 0;
    const emergency: Emergency = async () => {
      used++;
      return { accepted: false, value: 'a token', problem: 'It is none.', fix: 'Get one.' };
    };
    const rule = saturdayFreezeRule(() => ({ ...MOMENT, emergency, clock: clockAt(SATURDAY), dryRun: false }));
    const root = { type: ROOT_STACK, name: 'wedsync-uk-south', inputs: {} };
    const findings = await Promise.all(
      [root, root, ...goodStack()].map(judged).map(async (resource) => rule.checkResource?.(resource, {}) ?? []),
    );
    assert.equal(findings.flat().length, 2);
    assert.equal(used, 1);
  });

  for (const [stack, zone] of [
    ['uk-south', 'Europe/London'],
    ['eu-west', 'Europe/Dublin'],
  ] as const) {
    it(`freezes ${stack} at just those instants at which a calendar in ${zone} shows a Saturday`, async () => {
      const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'long' });
      const instants = fc.date({
        min: new Date('2024-01-01T00:00Z'),
        max: new Date('2030-12-31T00:00Z'),
        noInvalidDate: true,
      });
      await fc.assert(
        fc.asyncProperty(instants, async (instant) => {
          const frozen = (await said({ stack, clock: fixedClock(instant.getTime()) })).length > 0;
          assert.equal(frozen, weekday.format(instant) === 'Saturday');
        }),
        { numRuns: 500 },
      );
    });

    it(`freezes ${stack} from the first to the last minute of every Saturday of three years, in summer time too`, async () => {
      const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'long' });
      const hour = 3_600_000;
      for (let instant = Date.parse('2026-01-01T00:00Z'); instant < Date.parse('2029-01-01T00:00Z'); instant += hour) {
        // The edges of a day lie on an hour near midnight in both zones: look at both sides of each.
        for (const moment of [instant - 1, instant]) {
          const utc = new Date(moment);
          if (utc.getUTCDay() !== 5 && utc.getUTCDay() !== 6) continue;
          if (utc.getUTCHours() > 1 && utc.getUTCHours() < 22) continue;
          const found = await checkFreeze({ ...MOMENT, stack, clock: fixedClock(moment), dryRun: false });
          assert.equal(found.length > 0, weekday.format(moment) === 'Saturday', new Date(moment).toISOString());
        }
      }
    });
  }
});
