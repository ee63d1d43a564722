import assert from 'node:assert/strict';
import { OriginRouter } from '../../../../../services/cache-engine/src/adapters/origin-router/origin-router.ts';
import { parseRoutes } from '../../../../../services/cache-engine/src/adapters/origin-router/parse-routes.ts';
import { routedOrigin } from '../../../../../services/cache-engine/src/adapters/origin-router/routed-origin.ts';
import { textOf } from '../../../../../services/cache-engine/src/engine/completion.ts';
import { OriginError } from '../../../../../services/cache-engine/src/ports/origin.ts';
import { fc } from '../../../../support/property.ts';
import { html, json, TestProvider } from '../../support/provider.ts';
import { completion, question } from '../../support/questions.ts';
import { RecordingObserver, ScriptedOrigin } from '../resilience/scripted-origin.ts';

const never = new AbortController().signal;

/** A router whose origins answer with the route's name and the model that they were asked for. */
function routerOf(routes: Readonly<Record<string, readonly string[]>>, upstreamModel?: string): OriginRouter {
  return new OriginRouter(
    Object.entries(routes).map(([name, models]) => {
      const origin = new ScriptedOrigin(async ({ model }) => completion(`${name}: ${model}`));
      return { name, models, upstreamModel, origin };
    }),
    undefined,
  );
}

describe('a router of origins', () => {
  const ask = async (router: OriginRouter, model: string) => textOf(await router.ask(question({ model }), never));

  it('asks the route that names the model, else that of the longest beginning, else the one for all others', async () => {
    const router = routerOf({ all: ['*'], gpt: ['gpt-*'], small: ['gpt-4.1-*'], one: ['gpt-4.1-nano', 'o3'] });
    const asked = ['gpt-4.1-nano', 'gpt-4.1-mini', 'gpt-4o', 'claude', 'o3', 'o3-mini'];
    assert.deepEqual(await Promise.all(asked.map((model) => ask(router, model))), [
      'one: gpt-4.1-nano',
      'small: gpt-4.1-mini',
      'gpt: gpt-4o',
      'all: claude',
      'one: o3',
      'all: o3-mini',
    ]);
  });

  it('asks the same route in whatever order the routes are given', async () => {
    const routes = { all: ['*'], a: ['a*'], ab: ['ab*'], exact: ['ab'] };
    const model = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(Object.entries(routes), { minLength: 4 }), model, async (entries, name) => {
        assert.equal(await ask(routerOf(Object.fromEntries(entries)), name), await ask(routerOf(routes), name));
      }),
    );
  });

  it('asks the origin for the model by its name there', async () => {
    assert.equal(await ask(routerOf({ main: ['wedding-fast'] }, 'gpt-4.1-mini'), 'wedding-fast'), 'main: gpt-4.1-mini');
  });

  it('refuses a model to which there is no route, and asks nobody', async () => {
    const router = routerOf({ gpt: ['gpt-*'] });
    const refused = { failure: 'refused', status: 404, message: 'There is no route to the model "claude".' };
    await assert.rejects(ask(router, 'claude'), refused);
    await assert.rejects(router.forward({ model: 'claude' }, question().context, never), refused);
    await assert.rejects(router.forwardEmbeddings({}, never), { message: 'There is no route to the model undefined.' });
  });

  describe('over real providers', () => {
    let providers: readonly TestProvider[];
    let urls: readonly string[];

    beforeEach(async () => {
      providers = ['first', 'second'].map(
        (name) => new TestProvider((_request, response) => json(response, completion(`from the ${name}`))),
      );
      urls = await Promise.all(providers.map((provider) => provider.start()));
    });
    afterEach(() => providers.forEach((provider) => provider.stop()));

    const build = (first: object = {}, second: object = {}) => {
      const routes = parseRoutes({
        defaultModel: 'a-model',
        routes: [
          { name: 'first', models: ['a-model', 'x-*'], url: urls[0], keyFile: '/first', ...first },
          { name: 'second', models: ['*'], url: urls[1], ...second },
        ],
      });
      const readSecret = (file: string) => `sk-of-${file}`;
      return routedOrigin(routes, { readSecret, observer: new RecordingObserver(), random: () => 0 });
    };
    const listing =
      (...ids: string[]): TestProvider['answer'] =>
      (_request, response) =>
        json(response, { data: ids.map((id) => ({ id, object: 'model', created: 1, owned_by: 'x' })) });

    it('lets each have its own key and nothing of the other’s', async () => {
      const { origin } = build();
      await origin.ask(question(), never);
      await origin.ask(question({ model: 'other' }), never);
      await origin.forward({ model: 'x-1', messages: [] }, question().context, never);
      await origin.forwardEmbeddings({ model: 'embedder', input: 'x' }, never);
      const seen = providers.map(({ requests }) =>
        requests.map(({ path, authorization, body }) => [path, authorization, body['model']]),
      );
      assert.deepEqual(seen, [
        [
          ['/v1/chat/completions', 'Bearer sk-of-/first', 'a-model'],
          ['/v1/chat/completions', 'Bearer sk-of-/first', 'x-1'],
        ],
        [
          ['/v1/chat/completions', undefined, 'other'],
          ['/v1/embeddings', undefined, 'embedder'],
        ],
      ]);
      assert.equal(origin.defaultModel, 'a-model');
    });

    it('goes on with the one while the other fails', async () => {
      const { origin, states } = build();
      if (providers[0] !== undefined) providers[0].answer = (_request, response) => html(response, 200);
      for (let i = 0; i < 6; i++) await origin.ask(question(), never).catch(() => {});
      assert.deepEqual(
        states().map(({ route, breaker }) => [route, breaker]),
        [
          ['first', 'open'],
          ['second', 'closed'],
        ],
      );
      assert.equal(textOf(await origin.ask(question({ model: 'other' }), never)), 'from the second');
    });

    it('lists the models of both, each where it is asked', async () => {
      const { origin } = build();
      const [first, second] = providers;
      if (first !== undefined) first.answer = listing('a-model', 'x-1', 'only-at-first');
      if (second !== undefined) second.answer = listing('a-model', 'other');
      const ids = async () => (await origin.models(never)).map(({ id }) => id);
      assert.deepEqual(await ids(), ['a-model', 'x-1', 'other']);
      if (second !== undefined) second.answer = (_request, response) => html(response, 502);
      assert.deepEqual(await ids(), ['a-model', 'x-1']);
      if (first !== undefined) first.answer = (_request, response) => html(response, 502);
      await assert.rejects(ids(), OriginError);
    });

    it('lists a model that goes by another name at its provider under its name here', async () => {
      const { origin } = build({ upstreamModel: 'gpt-4.1-mini' });
      const [first, second] = providers;
      if (first !== undefined) first.answer = listing('gpt-4.1-mini', 'x-9');
      if (second !== undefined) second.answer = listing('other');
      const models = await origin.models(never);
      assert.deepEqual(
        models.map(({ id, owned_by }) => [id, owned_by]),
        [
          ['a-model', 'first'],
          ['other', 'x'],
        ],
      );
    });
  });
});
