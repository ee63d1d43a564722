import assert from 'node:assert/strict';
import { hasReference } from '../../../../../services/cache-engine/src/engine/tenancy/measures.ts';
import {
  namesVendor,
  speaksOfSomebody,
  speaksOfVendor,
} from '../../../../../services/cache-engine/src/engine/tenancy/vendor-data.ts';

describe('a vendor’s own data', () => {
  it('is what is said of me and us', () => {
    const telling = [
      'What are my prices for a Saturday?',
      'Is our studio open?',
      'We have 120 guests, how many loos?',
      'I’m late, what now?',
      "I've quoted too low, what can I do?",
      'If I edit 800 photos, how long is it?',
      'The couple told me no',
      'is this venue one of ours',
    ];
    for (const text of telling) assert.equal(speaksOfVendor(text), 'first-person', text);
  });

  it('is what is said to the vendor, and of its offers', () => {
    const speaking = [
      'Do you travel to Cork?',
      'What are your prices?',
      'What is in the gold package?',
      'Is the deposit in the contract refundable?',
      'When does this quote end?',
    ];
    for (const text of speaking) assert.equal(speaksOfVendor(text), 'vendor', text);
  });

  it('is not what anybody asks', () => {
    const general = [
      'How early should I arrive?',
      'Can we throw confetti?',
      "Shouldn't we feed the band?",
      'Could you explain what a humanist wedding is?',
      'Tell me how to pin a buttonhole',
      'What goes into a contract?',
      'How much deposit is usual?',
    ];
    for (const text of general) assert.equal(speaksOfVendor(text), undefined, text);
  });

  it('is its name, whatever is done to it', () => {
    const id = 'rosewood-wedding-barn';
    for (const text of [
      'Is Rosewood open?',
      'is ROSEWOOD open',
      'is ｒｏｓｅｗｏｏｄ open',
      'rosewood_wedding_barn',
      'Rosewood Wedding Barn',
      'the rosewood-barn',
    ]) {
      assert.equal(namesVendor(text, id), true, text);
    }
    assert.equal(namesVendor('ask smithandsons', 'Smith & Sons'), true);
    assert.equal(namesVendor('ask Müller', 'muller'), true);
    assert.equal(namesVendor('ask vendor 4711', 'vendor_4711'), true);
  });

  it('is not the word for its trade', () => {
    assert.equal(namesVendor('How dark may a barn be for wedding photos?', 'rosewood-wedding-barn'), false);
    assert.equal(namesVendor('Which planning tool is best?', 'ann'), false);
  });
});

describe('somebody in particular', () => {
  it('is spoken of by pronouns and by pointing', () => {
    for (const text of [
      'what does she wear',
      "is it his mother's",
      'Does this couple pay?',
      'Are those guests late?',
    ]) {
      assert.equal(speaksOfSomebody(text), true, text);
    }
    for (const text of ['Do guests bring their own?', 'When does the bride arrive?', 'Is this usual?']) {
      assert.equal(speaksOfSomebody(text), false, text);
    }
  });
});

describe('a reference', () => {
  it('mixes letters and digits as no measure does', () => {
    for (const text of ['invoice INV0042', 'AB12CDE', 'room b12', 'the M5', 'x1y2'])
      assert.equal(hasReference(text), true, text);
    for (const text of ['35mm at 3pm', '24-70mm f2.8', '5x7 on A4', '12m x 6m', 'the 1920s, 4k', '10am-11.30am']) {
      assert.equal(hasReference(text), text.includes('4k'), text);
    }
  });
});
