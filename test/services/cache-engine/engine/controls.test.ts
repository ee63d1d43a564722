import assert from 'node:assert/strict';
import { NO_WISHES, parseControls, type Controls } from '../../../../services/cache-engine/src/engine/controls.ts';
import { fc } from '../../../support/property.ts';

describe('the controls of a request', () => {
  /** Forms of RFC 9111, 5.2.1, and of RFC 9110's lists. */
  const forms: readonly [header: string, wishes: Partial<Controls>][] = [
    ['no-cache', { noCache: true }],
    ['no-store', { noStore: true }],
    ['only-if-cached', { onlyIfCached: true }],
    ['no-semantic', { noSemantic: true }],
    ['max-age=60', { maxAge: 60 }],
    ['max-age=0', { maxAge: 0 }],
    ['min-fresh=30', { minFresh: 30 }],
    ['max-age="60"', { maxAge: 60 }],
    ['NO-CACHE, Max-Age=5', { noCache: true, maxAge: 5 }],
    ['no-cache,no-store', { noCache: true, noStore: true }],
    [' no-cache ,\t min-fresh = 7 ', { noCache: true, minFresh: 7 }],
    [', ,no-store,,', { noStore: true }],
    ['no-cache="x-header"', { noCache: true }],
    ['max-age=10, max-age=20', { maxAge: 20 }],
    ['max-stale=60, no-transform, stale-if-error=9', {}],
    ['private, immutable', {}],
    ['', {}],
  ];
  for (const [header, wishes] of forms) {
    it(`are read from "${header}"`, () => {
      assert.deepEqual(parseControls(header), { ...NO_WISHES, ...wishes });
    });
  }

  it('are none without a header', () => {
    assert.equal(parseControls(undefined), NO_WISHES);
  });

  for (const value of ['', '-1', '1.5', '1e3', 'forever', '0x10', '99999999999', ' ', '"', '１２']) {
    it(`take a number that is none, such as "${value}", for the most careful one`, () => {
      const { maxAge, minFresh } = parseControls(`max-age=${value}, min-fresh=${value}`);
      assert.deepEqual([maxAge, minFresh], [0, 0]);
    });
  }

  it('are always whole, whatever the header holds, and never lax where a number was meant', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (header) => {
        const controls = parseControls(header);
        assert.deepEqual(Object.keys(controls).sort(), Object.keys(NO_WISHES).sort());
        assert.ok(controls.maxAge >= 0 && controls.minFresh >= 0 && !Number.isNaN(controls.maxAge));
        if (/max-age/i.test(header)) return;
        assert.equal(controls.maxAge, Infinity);
      }),
    );
  });

  it('do not depend on the order or case of different directives', () => {
    const directive = fc.constantFrom(
      'no-cache',
      'No-Store',
      'only-if-cached',
      'no-semantic',
      'max-age=9',
      'MIN-FRESH=8',
      'foo="bar"',
    );
    fc.assert(
      fc.property(fc.uniqueArray(directive), fc.infiniteStream(fc.nat()), (directives, order) => {
        const shuffled = directives
          .map((one) => ({ one, at: Number(order.next().value) }))
          .sort((one, other) => one.at - other.at)
          .map(({ one }) => one.toUpperCase());
        assert.deepEqual(parseControls(shuffled.join(' , ')), parseControls(directives.join(',')));
      }),
    );
  });
});
