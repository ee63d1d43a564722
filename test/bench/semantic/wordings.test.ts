import assert from 'node:assert/strict';
import { knownQuestions, newWordings, type Wording } from '../../../bench/semantic/wordings.ts';
import { SETTINGS } from '../../../bench/semantic/settings.ts';
import { seededRandom } from '../../../local/region/check/random.ts';
import { normalForm, sameWording } from '../../../services/cache-engine/src/engine/language/index.ts';

describe('the wordings of the semantic bench', () => {
  const known = knownQuestions();
  let wordings: readonly Wording[];
  before(() => void (wordings = newWordings(seededRandom(1))));

  it('each ask a known question in another form, and no form twice', () => {
    const forms = [...known, ...wordings.map(({ text }) => text)].map(normalForm);
    assert.equal(new Set(forms).size, forms.length);
    assert.ok(wordings.every((wording) => known.includes(wording.known)));
    assert.equal(new Set(wordings.map((wording) => wording.known)).size, known.length);
  });

  it('have the wording of no other known question', () => {
    for (const { text, known: own } of wordings.slice(0, 100))
      assert.deepEqual(
        known.filter((question) => sameWording(question, text)),
        [own],
      );
  });

  it('are enough for the longest run, its two rounds of warming up included', () => {
    const { rounds, requests } = SETTINGS;
    assert.ok(wordings.length >= (rounds.most + 2) * requests.most, `There are ${wordings.length}.`);
  });

  it('come in an order that the seed decides', () => {
    assert.deepEqual(newWordings(seededRandom(1)), wordings);
    assert.notDeepEqual(newWordings(seededRandom(2)), wordings);
  });
});
