import assert from 'node:assert/strict';
import { randomProvider } from '../../../../local/engine/providers/random.ts';
import type { ResourceRequest } from '../../../../local/engine/providers/provider.ts';
import { randomString, type StringRules } from '../../../../local/engine/providers/random-values.ts';
import { secret, strip, UNKNOWN, type PropertyMap } from '../../../../local/engine/values.ts';
import { fc } from '../../../support/property.ts';

const provider = randomProvider((_type, outputs) => ({ ...outputs, result: UNKNOWN }));

function request(kind: string, inputs: PropertyMap, previous?: ResourceRequest['previous']): ResourceRequest {
  const name = kind.charAt(0).toLowerCase() + kind.slice(1);
  return { urn: `urn:${kind}`, type: `random:index/${name}:${kind}`, name, inputs, provider: {}, previous };
}

async function make(kind: string, inputs: PropertyMap): Promise<{ id: string; outputs: PropertyMap }> {
  const { id, outputs } = await provider.create(request(kind, inputs));
  return { id, outputs: strip(outputs) as PropertyMap };
}

const KINDS = { lower: /[a-z]/g, upper: /[A-Z]/g, numeric: /[0-9]/g, special: /[^a-zA-Z0-9]/g } as const;

describe('random values', () => {
  it('are strings of the wanted length with at least the wanted number of each kind, and of no other kind', () => {
    const kind = fc.record({ allowed: fc.boolean(), least: fc.nat({ max: 5 }) });
    const kinds = fc.record({ lower: kind, upper: kind, numeric: kind, special: kind });
    fc.assert(
      fc.property(kinds, fc.nat({ max: 20 }), (given, more) => {
        fc.pre(Object.values(given).some(({ allowed }) => allowed));
        const least = (name: keyof typeof given): number => (given[name].allowed ? given[name].least : 0);
        const length = Math.max(1, least('lower') + least('upper') + least('numeric') + least('special') + more);
        const rules: StringRules = {
          length,
          ...{ lower: given.lower.allowed, upper: given.upper.allowed },
          ...{ numeric: given.numeric.allowed, special: given.special.allowed, overrideSpecial: '' },
          ...{ minLower: least('lower'), minUpper: least('upper') },
          ...{ minNumeric: least('numeric'), minSpecial: least('special') },
        };
        const text = randomString(rules);
        assert.equal(text.length, length);
        for (const name of ['lower', 'upper', 'numeric', 'special'] as const) {
          const count = text.match(KINDS[name])?.length ?? 0;
          assert.ok(given[name].allowed ? count >= least(name) : count === 0, `${name} in ${text}`);
        }
      }),
    );
  });

  it('have every kind of character by default, and only the special ones they were given', async () => {
    const { outputs } = await make('RandomPassword', { length: 40, minSpecial: 5, overrideSpecial: '_~' });
    assert.match(String(outputs['result']), /^[a-zA-Z0-9_~]{40}$/);
    assert.match(String(outputs['result']), /([^_~]*[_~]){5}/);
  });

  it('are secret if they are passwords, and no part of the id', async () => {
    const { id, outputs } = await provider.create(request('RandomPassword', { length: 8 }));
    assert.equal(id, 'none');
    assert.deepEqual(outputs['result'], secret(strip(outputs['result'])));
  });

  it('show the bytes of an id in all its encodings, with the prefix before each', async () => {
    const { id, outputs } = await make('RandomId', { byteLength: 8, prefix: 'p-' });
    const bytes = Buffer.from(id, 'base64url');
    assert.equal(bytes.length, 8);
    assert.deepEqual(
      [outputs['b64Url'], outputs['b64Std'], outputs['hex'], outputs['dec']],
      [
        `p-${id}`,
        `p-${bytes.toString('base64')}`,
        `p-${bytes.toString('hex')}`,
        `p-${BigInt(`0x${bytes.toString('hex')}`)}`,
      ],
    );
  });

  it('are bytes, UUIDs and whole numbers within their bounds', async () => {
    const bytes = await make('RandomBytes', { length: 16 });
    assert.equal(Buffer.from(String(bytes.outputs['base64']), 'base64').toString('hex'), bytes.outputs['hex']);
    assert.match((await make('RandomUuid', {})).id, /^[0-9a-f-]{36}$/);
    const { outputs } = await make('RandomInteger', { min: 5, max: 7 });
    assert.ok([5, 6, 7].includes(outputs['result'] as number));
    const seeded = { min: 1, max: 1_000_000, seed: 'same' };
    assert.deepEqual(await make('RandomInteger', seeded), await make('RandomInteger', seeded));
  });

  it('stay as they are until an input changes', async () => {
    const inputs = { length: 20, keepers: { version: '1' } };
    const first = request('RandomPassword', inputs);
    const made = await provider.create(first);
    const previous = { type: first.type, inputs, ...made };
    assert.deepEqual(await provider.create({ ...first, previous }), made);
    assert.deepEqual(provider.preview({ ...first, previous }), made);
    const changed = { ...first, inputs: { ...inputs, keepers: { version: '2' } }, previous };
    assert.notDeepEqual((await provider.create(changed)).outputs['result'], made.outputs['result']);
    assert.equal(provider.preview(changed).outputs['result'], UNKNOWN);
  });

  it('are refused with rules that nothing can meet, already in a preview', () => {
    const rejects = (kind: string, inputs: PropertyMap, message: RegExp): void =>
      assert.throws(() => provider.check(request(kind, inputs)), { name: 'UserError', message });
    rejects('RandomString', { length: 3, minLower: 2, minUpper: 2 }, /length is 3; it must be .* at least 4/);
    rejects('RandomString', { length: 0 }, /length is 0; it must be a whole number of at least 1/);
    const none = { lower: false, upper: false, numeric: false, special: false };
    rejects('RandomString', { length: 3, ...none }, /are all false; at least one must be true/);
    rejects('RandomInteger', { min: 2, max: 1 }, /min is 2 and max is 1/);
    rejects('RandomId', { byteLength: 'x' }, /byteLength is "x"/);
    rejects('RandomPet', {}, /RandomPet can't be made on one machine/);
    const unknown = { length: UNKNOWN };
    assert.deepEqual(provider.check(request('RandomString', unknown)), unknown);
  });
});
