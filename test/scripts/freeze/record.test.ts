import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { assertNotFrozen } from '../../../scripts/lib/freeze/now.ts';
import { assertFirstUse, messageOfUpdate } from '../../../scripts/lib/freeze/record.ts';
import { castOf, goodToken, requestAt } from '../../policy-pack/support/emergency.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const at = (iso: string) => Date.parse(iso);

describe('an update that goes through a freeze', () => {
  const startTime = new Date('2026-04-18T12:00Z');
  const message = 'Emergency token 1 of the requester: wrong';

  it('stands in the history of its stack, and is not repeated', () => {
    assert.doesNotThrow(() => assertFirstUse(message, [{ message: 'another', startTime }], 'uk-south'));
    assert.throws(() => assertFirstUse(message, [{ message, startTime }], 'uk-south'), {
      message:
        'saturday-freeze: the emergency token was used before, by the update of Saturday 18 April 2026 13:00 BST. A token holds ' +
        'once. Ask for another one: npm run freeze -- request uk-south.',
    });
  });

  it('has a message of its own only if there is a freeze and a token', async () => {
    const request = requestAt(Date.now());
    const token = await goodToken(await castOf(), request);
    const [wednesday, saturday] = [at('2026-04-15T12:00Z'), at('2026-04-18T12:00Z')];
    const message = (given: string | undefined, instant: number) => messageOfUpdate('uk-south', given, ROOT, instant);
    assert.equal(message(token, saturday), `Emergency token ${request.id} of the requester: Vendors get wrong answers`);
    assert.equal(message(token, wednesday), undefined);
    assert.equal(message(undefined, saturday), undefined);
    assert.equal(message(' ', saturday), undefined);
    assert.throws(() => message('{"payload":"e30"}', saturday), /^UserError: That is no emergency token\. /);
    assert.throws(
      () => messageOfUpdate('uk-south', 'no/such/file', ROOT),
      /names the file no\/such\/file, which does not exist/,
    );
  });
});

describe('a command that no policy sees', () => {
  it('is held back by the freeze, in the zone of the region', () => {
    assert.doesNotThrow(() => assertNotFrozen('eu-west', 'destroyed', at('2026-07-03T22:59Z'), ROOT));
    assert.throws(() => assertNotFrozen('eu-west', 'destroyed', at('2026-07-03T23:30Z'), ROOT), {
      message:
        'saturday-freeze: eu-west cannot be destroyed now. It is Saturday in Dublin, and on Saturdays most weddings take place. ' +
        'Try again after Sunday 5 July 2026 00:00 GMT+1.',
    });
  });
});
