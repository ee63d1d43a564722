import assert from 'node:assert/strict';
import { fixedClock } from '@wedsync/domain';
import * as fc from 'fast-check';
import { messageOf } from '../../../policy-pack/message.ts';
import {
  checkFreeze,
  freezeZone,
  type Moment,
  saturdayFreezeRule,
} from '../../../policy-pack/rules/saturday-freeze.ts';
import { judged } from '../support/objects.ts';
import { goodStack } from '../good-stack.ts';
import { ROOT_STACK } from '../support/resource.ts';

const SATURDAY = '2026-04-18T12:00:00Z';
const WEDNESDAY = '2026-04-15T12:00:00Z';
const clockAt = (instant: string) => fixedClock(Date.parse(instant));
const said = (moment: Partial<Moment>) =>
  checkFreeze({ stack: 'uk-south', clock: clockAt(WEDNESDAY), asked: undefined, dryRun: true, ...moment }).map(
    messageOf,
  );

describe('The Saturday freeze', () => {
  it('says when it ends, in local time', () => {
    assert.deepEqual(said({ clock: clockAt('2026-04-17T23:30:00Z') }), [
      'Stack uk-south: the time of the change is Saturday 18 April 2026 00:30 BST. It is Saturday in London, and on Saturdays ' +
        'most weddings take place. Wait until Sunday 19 April 2026 00:00 BST; until then nothing may change.',
    ]);
  });

  it('keeps the calendar of Dublin for eu-west', () => {
    assert.equal(freezeZone('eu-west'), 'Europe/Dublin');
    assert.match(said({ stack: 'eu-west', clock: clockAt(SATURDAY) })[0] ?? '', /It is Saturday in Dublin/);
  });

  it('lets a preview be asked for as of another time', () => {
    assert.equal(said({ asked: SATURDAY }).length, 1);
    assert.deepEqual(said({ asked: WEDNESDAY, clock: clockAt(SATURDAY) }), []);
    assert.equal(said({ asked: '', clock: clockAt(SATURDAY) }).length, 1);
  });

  it('lets an update be asked for at no other time than now', () => {
    assert.equal(said({ asked: WEDNESDAY, clock: clockAt(SATURDAY), dryRun: false }).length, 1);
    assert.deepEqual(said({ asked: SATURDAY, dryRun: false }), []);
    assert.deepEqual(said({ asked: 'whenever', dryRun: false }), []);
  });

  it('says what is wrong with an instant that is none', () => {
    assert.deepEqual(said({ asked: 'next Friday' }), [
      'Stack uk-south: WEDSYNC_AT is "next Friday". That is no instant, so the freeze cannot be judged. Use ISO 8601, such as ' +
        '2026-04-18T00:30:00+01:00, or leave it out for the present time.',
    ]);
  });

  it('speaks once a stack, not once a resource', async () => {
    const rule = saturdayFreezeRule(() => ({ clock: clockAt(SATURDAY), asked: undefined, dryRun: false }));
    const resources = [{ type: ROOT_STACK, name: 'wedsync-uk-south', inputs: {} }, ...goodStack()].map(judged);
    const findings = await Promise.all(resources.map(async (resource) => rule.checkResource?.(resource, {}) ?? []));
    assert.equal(findings.flat().length, 1);
  });

  for (const [stack, zone] of [
    ['uk-south', 'Europe/London'],
    ['eu-west', 'Europe/Dublin'],
  ] as const) {
    it(`freezes ${stack} at just those instants at which a calendar in ${zone} shows a Saturday`, () => {
      const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'long' });
      const instants = fc.date({
        min: new Date('2024-01-01T00:00Z'),
        max: new Date('2030-12-31T00:00Z'),
        noInvalidDate: true,
      });
      fc.assert(
        fc.property(instants, (instant) => {
          const frozen = said({ stack, clock: fixedClock(instant.getTime()) }).length > 0;
          assert.equal(frozen, weekday.format(instant) === 'Saturday');
        }),
        { numRuns: 500 },
      );
    });

    it(`freezes ${stack} from the first to the last minute of every Saturday of three years, in summer time too`, () => {
      const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'long' });
      const hour = 3_600_000;
      for (let instant = Date.parse('2026-01-01T00:00Z'); instant < Date.parse('2029-01-01T00:00Z'); instant += hour) {
        // The edges of a day lie on the hour in both zones: look at both sides of each.
        for (const moment of [instant - 1, instant]) {
          const utcDay = new Date(moment).getUTCDay();
          if (utcDay !== 5 && utcDay !== 6) continue;
          const frozen = checkFreeze({ stack, clock: fixedClock(moment), asked: undefined, dryRun: false }).length > 0;
          assert.equal(frozen, weekday.format(moment) === 'Saturday', new Date(moment).toISOString());
        }
      }
    });
  }
});
