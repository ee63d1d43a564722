import assert from 'node:assert/strict';
import { fixedClock, VENDOR_TYPES } from '@wedsync/domain';
import {
  advise,
  INTRODUCTION,
  topicOf,
} from '../../../../services/cache-engine/src/adapters/planning-assistant/advise.ts';
import {
  ASSISTANT_MODEL,
  PlanningAssistant,
} from '../../../../services/cache-engine/src/adapters/planning-assistant/planning-assistant.ts';
import { textOf } from '../../../../services/cache-engine/src/engine/completion.ts';
import type { AnswerPart } from '../../../../services/cache-engine/src/ports/origin.ts';
import { fc } from '../../../support/property.ts';
import { question } from '../support/questions.ts';

const context = { vendorId: 'v', vendorType: 'dj' } as const;
const assistant = new PlanningAssistant(fixedClock(Date.parse('2026-06-12T23:30:00Z')), 'Europe/London');
const never = new AbortController().signal;

describe('the built-in planning assistant', () => {
  it('says plainly that it is no AI, whatever it is asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...VENDOR_TYPES), (text, vendorType) => {
        const answer = advise(text, { ...context, vendorType }, '2026-06-12');
        assert.ok(answer.startsWith(INTRODUCTION));
        assert.match(answer, new RegExp(`For your trade \\(${vendorType}\\): \\S`));
      }),
    );
  });

  for (const [text, name] of [
    ['What does a four-piece jazz band charge in Omagh?', 'budget and payments'],
    ['When must we give notice in Leeds?', 'legal formalities'],
    ['How many guests fit round a table?', 'guests and invitations'],
    ['Can a vegan have the cake?', 'food and drink'],
    ['Which group portraits come first?', 'photographs and film'],
    ['Who announces the first dance?', 'music and entertainment'],
    ['Are peonies in season?', 'flowers and decoration'],
    ['How do I prep curly hair?', 'dress, hair and make-up'],
    ['Where can the coach park?', 'transport and journeys'],
    ['What if it rains?', 'the venue and the weather'],
    ['Is the barn heated?', 'the venue and the weather'],
    ['How long is the ceremony?', 'the order of the day'],
    ['Hm?', 'planning in general'],
  ] as const) {
    it(`answers “${text}” on ${name}`, () => {
      assert.equal(topicOf(text).name, name);
    });
  }

  for (const [date, note] of [
    ['2026-06-13', /wedding is today/],
    ['2026-06-14', /wedding is tomorrow/],
    ['2026-06-19', /^6 days to go: confirm/m],
    ['2026-07-13', /^30 days to go: final numbers/m],
    ['2027-06-13', /^365 days to go: there is time/m],
    ['2026-06-01', /wedding is over/],
  ] as const) {
    it(`looks at how near the wedding is, by the couple’s calendar: ${date}`, async () => {
      const asked = question({ context: { ...context, weddingDate: date } });
      assert.match(textOf(await assistant.ask(asked, never)), note);
    });
  }

  it('answers the last thing that the user said, and counts words', async () => {
    const messages = [
      { role: 'user' as const, text: 'One?' },
      { role: 'assistant' as const, text: 'Yes.' },
      { role: 'user' as const, text: ['Which cake', 'is best?'] },
    ];
    const answer = await assistant.ask(question({ messages }), never);
    assert.match(textOf(answer), /“Which cake is best\?”/);
    assert.equal(answer.model, ASSISTANT_MODEL);
    const {
      prompt_tokens: asked,
      total_tokens: total,
      completion_tokens: said,
    } = answer['usage'] as Record<string, number>;
    assert.deepEqual([asked, total], [4, 4 + (said ?? NaN)]);
  });

  it('says the same in parts as in one piece', async () => {
    const parts: AnswerPart[] = [];
    const whole = await assistant.ask(question(), never, (part) => parts.push(part));
    assert.ok(parts.length > 2);
    assert.equal(parts.map(({ delta }) => delta['content'] as string).join(''), textOf(whole));
  });

  it('refuses a conversation in which no user speaks', async () => {
    const messages = [{ role: 'system' as const, text: 'Be kind.' }];
    await assert.rejects(assistant.ask(question({ messages }), never), { failure: 'refused', status: 400 });
  });

  it('answers the text of requests that bypass the cache, and refuses those without one', async () => {
    const forwarded = await assistant.forward(
      { messages: [{ role: 'user', content: [{ type: 'image_url' }, { type: 'text', text: 'Which cake?' }] }] },
      context,
    );
    let body = '';
    for await (const bytes of forwarded.body) body += Buffer.from(bytes).toString();
    assert.match(body, /“Which cake\?”/);
    await assert.rejects(
      assistant.forward({ messages: [{ role: 'user', content: [{ type: 'image_url' }] }] }, context),
      { failure: 'refused' },
    );
  });
});
