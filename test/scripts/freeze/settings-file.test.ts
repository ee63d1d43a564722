import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { freezeAt } from '../../../scripts/lib/freeze/now.ts';
import { freezeSettings } from '../../../scripts/lib/freeze/settings-file.ts';
import { TestClone } from '../../support/git/clone.ts';

describe('what a stack sets about its freeze', () => {
  const FILE = 'policy-pack/stacks/uk-south.json';
  let clone: TestClone;
  before(() => {
    clone = new TestClone();
    const bookings = 'config/bookings';
    cpSync(resolve(import.meta.dirname, '../../..', bookings), join(clone.folder, bookings), { recursive: true });
  });
  after(() => clone[Symbol.dispose]());

  it('is nothing where it has no file, or only a level', () => {
    assert.deepEqual(freezeSettings('uk-west', clone.folder), {});
    clone.write(FILE, '{ "saturday-freeze": "advisory" }');
    assert.deepEqual(freezeSettings('uk-south', clone.folder), {});
  });

  it('is read from its file, or from another that is named, and heeded', () => {
    clone.write(FILE, '{ "saturday-freeze": { "beginsDayBefore": "18:00" } }');
    assert.equal(freezeSettings('uk-south', clone.folder).beginsDayBefore, '18:00');
    const fridayEvening = Date.parse('2026-04-17T18:30+01:00');
    assert.equal(freezeAt('uk-south', fridayEvening, clone.folder).frozen, true);
    assert.equal(freezeAt('uk-west', fridayEvening, clone.folder).frozen, false);
    clone.write('other.json', '{ "saturday-freeze": { "zone": "Europe/Dublin" } }');
    assert.equal(freezeSettings('uk-south', clone.folder, join(clone.folder, 'other.json')).zone, 'Europe/Dublin');
  });

  for (const [setting, value] of Object.entries({
    beginsDayBefore: '6 pm',
    endsDayAfter: '24:00',
    zone: 'Europe/Paris',
    busyTimesAverage: 11,
  })) {
    it(`is refused with ${setting} ${value}`, () => {
      clone.write(FILE, JSON.stringify({ 'saturday-freeze': { [setting]: value } }));
      const says = new RegExp(`^UserError: The setting ${setting} is ${JSON.stringify(value)}\\. Allowed: `);
      assert.throws(() => freezeSettings('uk-south', clone.folder), says);
    });
  }

  it('is refused where its file is no JSON', () => {
    clone.write(FILE, '{');
    assert.throws(() => freezeSettings('uk-south', clone.folder), /uk-south\.json cannot be used: /);
  });
});
