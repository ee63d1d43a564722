import assert from 'node:assert/strict';
import {
  freezeCount,
  instantOf,
  minutes,
  parseCommand,
  required,
  stackNamed,
} from '../../../scripts/lib/freeze/options.ts';
import { UsageError } from '../../../scripts/lib/usage.ts';

const refused = (work: () => unknown, message: string) => {
  assert.throws(work, (error) => error instanceof UsageError && error.message === message);
};

describe('the options of npm run freeze', () => {
  it('default to this clone, an hour and four freezes', () => {
    const { name, subject, options } = parseCommand(['status', 'uk-south']);
    assert.deepEqual(
      [name, subject, minutes(options.minutes), freezeCount(options.next)],
      ['status', 'uk-south', 60, 4],
    );
  });

  it('take one subject, and none that is not known', () => {
    refused(() => parseCommand(['status', 'a', 'b']), '"b" is too much. See: npm run freeze -- --help');
    refused(() => parseCommand(['--soon']), "Unknown option '--soon'. See: npm run freeze -- --help");
  });

  it('take minutes and numbers within their bounds', () => {
    for (const text of ['0', '61', '1.5', '', 'an hour']) {
      refused(() => minutes(text), `--minutes is "${text}". Allowed: a whole number from 1 to 60.`);
    }
    refused(() => freezeCount('61'), '--next is "61". Allowed: a whole number from 0 to 60.');
    assert.equal(minutes('1'), 1);
  });

  it('read an instant by the clock of the region', () => {
    assert.equal(instantOf('2026-07-01T18:00', 'eu-west'), Date.parse('2026-07-01T17:00Z'));
    refused(
      () => instantOf('soon', 'eu-west'),
      '--at is "soon". Allowed: a date and time in ISO 8601, such as 2026-04-17T18:00 (Europe/Dublin) or 2026-04-17T18:00+01:00.',
    );
  });

  it('say what is missing', () => {
    assert.equal(required(' a reason ', 'request'), 'a reason');
    for (const nothing of [undefined, '', ' ']) {
      refused(
        () => required(nothing, 'approve TOKEN'),
        'Too little was given. Allowed: npm run freeze -- approve TOKEN',
      );
    }
    refused(() => stackNamed('paris'), 'There is no stack "paris". Allowed: uk-south, uk-west, eu-west.');
  });
});
