import assert from 'node:assert/strict';
import { VENDOR_TYPES } from '@wedsync/domain';
import { Catalogue } from '../../../bench/season/catalogue/catalogue.ts';
import { mistype } from '../../../bench/season/catalogue/dress.ts';
import { seededRandom } from '../../../bench/season/random.ts';

describe("the season's catalogue of questions", () => {
  const catalogue = new Catalogue(seededRandom(7));
  const intents = [
    ...VENDOR_TYPES.flatMap((type) => catalogue.general(type)),
    ...catalogue.vendor,
    ...catalogue.wedding,
  ];

  it('holds more than three hundred questions, most of those that are asked often in several wordings', () => {
    assert.ok(catalogue.intents > 300);
    for (const type of VENDOR_TYPES) {
      const often = catalogue.general(type).slice(0, 200);
      assert.ok(often.every(({ wordings }) => wordings.length > 1));
    }
  });

  it('knows of every text which question it asks, and no text asks two', () => {
    for (const { id, wordings } of intents) {
      for (const { plain, dressed, mistyped } of wordings) {
        for (const text of [plain, ...dressed, ...mistyped]) assert.equal(catalogue.intentOf(text), id, text);
      }
    }
  });

  it('judges texts by what they ask, and never two that it does not know', () => {
    const [one, other] = catalogue.vendor;
    const [first, second] = one?.wordings ?? [];
    const another = other?.wordings[0]?.plain ?? '';
    assert.ok(first !== undefined && second !== undefined);
    assert.equal(catalogue.sameIntent(first.plain.toLowerCase(), second.plain), true);
    assert.equal(catalogue.sameIntent(first.plain, another), false);
    assert.equal(catalogue.sameIntent('unknown', 'unknown'), false);
  });

  it('is the same for the same seed, and another for another', () => {
    const popular = (seed: number) => new Catalogue(seededRandom(seed)).general('venue').map(({ id }) => id);
    assert.deepEqual(popular(3), popular(3));
    assert.notDeepEqual(popular(3), popular(4));
  });

  it('makes slips only in long words, and one at a time', () => {
    const random = seededRandom(1);
    assert.equal(mistype('Who will sing it?', random), 'Who will sing it?');
    for (let tries = 0; tries < 50; tries++) {
      const slip = mistype('What about photographers?', random);
      assert.match(slip, /^What about [a-z]{12,14}\?$/);
    }
  });
});
