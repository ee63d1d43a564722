import assert from 'node:assert/strict';
import { costOf, LIST_PRICES } from '../../../../../services/cache-engine/src/engine/savings/cost.ts';
import listPrices from '../../../../../services/cache-engine/src/engine/savings/model-prices.json' with { type: 'json' };
import { InvalidPrices, parsePrices } from '../../../../../services/cache-engine/src/engine/savings/prices.ts';
import { fc } from '../../../../support/property.ts';

const usage = (prompt: number, completion: number, cached?: number) => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
  ...(cached === undefined ? {} : { prompt_tokens_details: { cached_tokens: cached } }),
});

describe('the cost of an answer', () => {
  it('is tokens times their price, in millionths of a dollar', () => {
    assert.equal(costOf('gpt-4o', usage(1000, 100)), 2500 + 1000);
  });

  it('is less for input that the provider had cached', () => {
    assert.equal(costOf('gpt-4o', usage(1000, 100, 600)), 400 * 2.5 + 600 * 1.25 + 1000);
  });

  it('is that of the model for each of its releases, and of no sibling', () => {
    const price = (model: string) => costOf(model, usage(1_000_000, 0));
    assert.deepEqual(
      ['gpt-4o-2024-08-06', 'gpt-4o-2024-05-13', 'gpt-4o-mini-2024-07-18', 'claude-haiku-4-5-20251001'].map(price),
      [2_500_000, 5_000_000, 150_000, 1_000_000],
    );
    for (const other of ['gpt-4o-audio-preview', 'gpt-4ooo', 'gpt-5-pro', 'my-gpt-4o', 'ft:gpt-4o:wedsync', ''])
      assert.equal(price(other), undefined, other);
  });

  it('is nothing for the built-in assistant', () => {
    assert.equal(costOf('wedsync-planning', usage(10, 10)), 0);
    assert.equal(costOf('wedsync-planning-assistant', usage(10, 10)), 0);
  });

  it('is not known when the usage does not say what was used', () => {
    for (const odd of [{}, usage(-1, 2), usage(NaN, 2), { prompt_tokens: '7', completion_tokens: 1 }])
      assert.equal(costOf('gpt-4o', odd), undefined);
  });

  it('is never below nothing, and never above that without a cache, whatever a provider says of its cache', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(1e6), fc.integer(), (prompt, completion, cached) => {
        const cost = costOf('gpt-4.1', usage(prompt, completion, cached)) ?? NaN;
        assert.ok(cost >= 0 && cost <= (costOf('gpt-4.1', usage(prompt, completion)) ?? NaN));
      }),
    );
  });

  it('goes by the prices that one pays, where they are given', () => {
    const row = { model: 'gpt-4o', input: 1, output: 2 };
    const own = parsePrices({ version: 1, date: '2026-01-01', currency: 'USD', models: [row] });
    assert.equal(costOf('gpt-4o', usage(10, 10, 5), own), 30);
    assert.equal(costOf('gpt-4.1', usage(10, 10), own), undefined);
  });
});

describe('the table of list prices', () => {
  it('is read whole, and each row has a source with a title and a date', () => {
    assert.equal(LIST_PRICES.size, listPrices.models.length);
    const sources: Record<string, { title: string; date: string }> = listPrices.sources;
    for (const { model, source } of listPrices.models) {
      const { title, date } = sources[source] ?? assert.fail(`${model} has no source.`);
      assert.ok(title !== '' && /^20\d\d(-\d\d){0,2}$/.test(date));
    }
  });

  it('asks no more for cached input than for other input, and no less for output', () => {
    for (const [model, { input, cachedInput, output }] of LIST_PRICES)
      assert.ok(cachedInput <= input && input <= output, model);
  });

  const table = { version: 1, date: '2026-01-01', currency: 'USD', models: [{ model: 'm', input: 1, output: 2 }] };
  const wrong: Readonly<Record<string, [table: unknown, message: string]>> = {
    'of another version': [{ ...table, version: 2 }, 'version must be 1.'],
    'in another currency': [{ ...table, currency: 'GBP' }, 'currency must be "USD".'],
    'without models': [{ ...table, models: {} }, 'models must be a list.'],
    'with a row of nothing': [{ ...table, models: [7] }, 'models[0].model must be the name of a model.'],
    'with a negative price': [
      { ...table, models: [{ model: 'm', input: -1, output: 2 }] },
      'models[0].input ("m") must be dollars per million tokens, 0 or more.',
    ],
    'with a model twice': [
      { ...table, models: [...table.models, ...table.models] },
      'models[1] prices "m" a second time.',
    ],
  };
  for (const [what, [json, message]] of Object.entries(wrong)) {
    it(`is not read ${what}`, () => {
      assert.throws(
        () => parsePrices(json),
        (error) => {
          assert.ok(error instanceof InvalidPrices);
          assert.equal(error.message, message);
          return true;
        },
      );
    });
  }
});
