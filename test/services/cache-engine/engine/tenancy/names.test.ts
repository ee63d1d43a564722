import assert from 'node:assert/strict';
import { namesInAnswer, namesInQuestion } from '../../../../../services/cache-engine/src/engine/tenancy/names.ts';

const NAMING = [
  'What should Sarah wear?',
  'what should sarah wear',
  'WHAT SHOULD SARAH WEAR?',
  'Sarah needs a lift home',
  "How long is O'Brien's aisle?",
  'How do I pronounce Siobhán?',
  'is mohammed allowed a plus one',
  'Does the Rose wedding need a permit?',
  'Rose wants peonies',
  'rose wants peonies',
  "when does lily's car leave",
  'Will and Kate need a car',
  'What do will and grace eat?',
  'Does Will eat meat?',
  'seats for rose and lily',
  'a table for Mr Brown',
  'a table for mr brown',
  'Does the Old Barn allow candles?',
  'Is the Gold package worth it?',
  'Does Elmfield Manor allow dogs?',
  'What does J. need?',
  'a bride called hope',
  'Is jack the best man?',
  'Как одеться?',
  'Where does 王伟 sit?',
  'Does Zoë like roses?',
];

const ORDINARY = [
  'How many guests fit into a marquee?',
  'Will guests need coats in May?',
  'May I throw confetti?',
  "Which flowers go with the bridesmaids' dresses?",
  "Shouldn't the DJ eat first?",
  "It's raining, what's the plan?",
  'Where do roses and lilies go?',
  'Is a rose arch too much for a small church?',
  'Do Catholic weddings in Ireland need notice?',
  'Is London dearer than Yorkshire on a Saturday?',
  "Is noon to six o'clock enough?",
  'WHO CUTS THE CAKE?',
  'What canapés suit a summer reception?',
  'Is sage green a good colour for ties in autumn?',
  'How should I word it?',
];

describe('names', () => {
  it('are found in questions however they are written, and in doubt', () => {
    for (const text of NAMING) assert.equal(namesInQuestion(text), true, text);
  });

  it('are not seen in questions of ordinary words', () => {
    for (const text of ORDINARY) assert.equal(namesInQuestion(text), false, text);
  });

  it('are found in answers by their capital', () => {
    const naming = [
      'Ask Sarah first.',
      'Play “Perfect” by Ed Sheeran.',
      '- Siobhán speaks',
      "Rose's list",
      'Tom and Lily paid.',
      'Try Canon R5.',
    ];
    for (const text of naming) assert.equal(namesInAnswer(text), true, text);
  });

  it('are not seen in the headings and lists of answers', () => {
    const text =
      '## Before the Day\n\n1. **Plan Ahead** – book early.\n2. Bring spare batteries.\n\n- Father of the Bride\n* In England, May is busy.\nI would start at noon.';
    assert.equal(namesInAnswer(text), false);
  });
});
