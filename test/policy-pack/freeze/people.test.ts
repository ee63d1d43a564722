import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { generatePrivateKey } from '../../../policy-pack/freeze/keys.ts';
import { parsePeople, samePerson } from '../../../policy-pack/freeze/people.ts';
import { castOf, peopleFile } from '../support/emergency.ts';

describe('The list of those who may approve an emergency change', () => {
  const entry = async (changes: object) => {
    const { kty, crv, x } = await generatePrivateKey();
    return { name: 'somebody', added: '2026-01-01', key: { kty, crv, x }, ...changes };
  };
  const parsed = (...approvers: object[]) => parsePeople(JSON.stringify({ approvers }));

  it('gives each key its person', async () => {
    const cast = await castOf();
    const { requester, first, second } = cast;
    assert.deepEqual(
      await parsePeople(peopleFile(cast)),
      [requester, first, second].map(({ person }) => person),
    );
  });

  it('makes sense as it stands in this repository', async () => {
    const file = new URL('../../../config/approvers.json', import.meta.url);
    await assert.doesNotReject(parsePeople(await readFile(file, 'utf8')));
  });

  it('gives one person several keys, but never one key several people', async () => {
    const one = await entry({});
    assert.equal((await parsed(one, await entry({ name: 'Somebody' }))).length, 2);
    await assert.rejects(
      parsed(one, { ...one, name: 'somebody else' }),
      /one key for two people, somebody and somebody else\./,
    );
  });

  for (const [title, changes, says] of [
    ['no name', { name: ' ' }, /approvers\[0\] has no name\./],
    ['no date', { added: 'lately' }, /\(somebody\) does not say when it was added/],
    ['no key', { key: undefined }, /\(somebody\) has no public Ed25519 key/],
    [
      'a key of another kind',
      { key: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } },
      /no public Ed25519 key/,
    ],
    ['half a key', { key: { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' } }, /no public Ed25519 key/],
  ] as const) {
    it(`is refused with ${title}`, async () => assert.rejects(parsed(await entry(changes)), says));
  }

  it('is refused with a private key, which is private no more', async () => {
    await assert.rejects(parsed(await entry({ key: await generatePrivateKey() })), /holds a private key/);
  });

  for (const text of ['', '[]', 'null', '{"approvers":{}}']) {
    it(`is refused as ${JSON.stringify(text)}`, () =>
      assert.rejects(parsePeople(text), /config\/approvers\.json (is no JSON|has no list)/));
  }

  it('takes a name for the same whatever its spaces and capitals', () => {
    assert.ok(samePerson(' the  Requester', 'The requester '));
    assert.ok(!samePerson('the requester', 'the requesters'));
  });
});
