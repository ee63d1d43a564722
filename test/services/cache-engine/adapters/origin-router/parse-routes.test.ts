import assert from 'node:assert/strict';
import { parseRoutes } from '../../../../../services/cache-engine/src/adapters/origin-router/parse-routes.ts';
import {
  DEFAULT_LIMITS,
  InvalidRoutes,
} from '../../../../../services/cache-engine/src/adapters/origin-router/routes.ts';
import { fc } from '../../../../support/property.ts';

const plain = { name: 'main', models: ['*'], url: 'https://ai.example/v1' };

describe('the routes to providers', () => {
  it('are read with what they leave out', () => {
    assert.deepEqual(parseRoutes({ routes: [plain] }), {
      defaultModel: undefined,
      routes: [{ ...plain, keyFile: undefined, upstreamModel: undefined, limits: DEFAULT_LIMITS }],
    });
  });

  it('are read with all that they may say', () => {
    const said = { ...plain, models: ['wedding-fast', 'gpt-*'], keyFile: '/keys/a', upstreamModel: 'gpt-4.1-mini' };
    const figures = { timeoutSeconds: 60, firstPartSeconds: 0.5, concurrency: 8, queue: 0 };
    assert.deepEqual(parseRoutes({ defaultModel: 'wedding-fast', routes: [{ ...said, ...figures }] }), {
      defaultModel: 'wedding-fast',
      routes: [{ ...said, limits: { timeout: 60_000, firstPartTimeout: 500, concurrency: 8, queue: 0 } }],
    });
  });

  const wrong: Readonly<Record<string, [json: unknown, message: string]>> = {
    'that are no object': [[], 'The routes are no JSON object: they must be {"routes": […]}.'],
    'of which there are none': [{ routes: [] }, '$.routes is []: it must be a list of at least one route.'],
    'that have something unknown': [
      { routes: [plain], default: 'x' },
      '$.default is not known: it must be one of defaultModel, routes.',
    ],
    'one of which has something unknown': [
      { routes: [{ ...plain, apiKey: 'sk-1' }] },
      '$.routes[0].apiKey is not known: it must be one of name, models, url, keyFile, upstreamModel, timeoutSeconds, firstPartSeconds, concurrency, queue.',
    ],
    'one of which is no object': [{ routes: [plain, 7] }, '$.routes[1] is 7: it must be an object.'],
    'one of which has no name': [
      { routes: [{ ...plain, name: undefined }] },
      '$.routes[0].name is missing: it must be up to 40 lower-case letters, digits and hyphens.',
    ],
    'one of which has no models': [
      { routes: [{ ...plain, models: 'gpt-4' }] },
      '$.routes[0].models is "gpt-4": it must be a list of at least one model, such as "gpt-4.1-mini", "gpt-*" or "*".',
    ],
    'one of which has a star in the middle': [
      { routes: [{ ...plain, models: ['gpt-*-mini'] }] },
      '$.routes[0].models[0] is "gpt-*-mini": it must be the name of a model, or the beginning of one followed by a single *.',
    ],
    'one of which goes to a file': [
      { routes: [{ ...plain, url: 'file:///etc/passwd' }] },
      '$.routes[0].url is "file:///etc/passwd": it must be an http or https URL, up to and with /v1.',
    ],
    'one of which lets nobody through': [
      { routes: [{ ...plain, concurrency: 0 }] },
      '$.routes[0].concurrency is 0: it must be a whole number from 1 to 100000.',
    ],
    'one of which waits for ever': [
      { routes: [{ ...plain, timeoutSeconds: 1e9 }] },
      '$.routes[0].timeoutSeconds is 1000000000: it must be a number from 0.1 to 3600.',
    ],
    'two of which have one name': [
      { routes: [plain, { ...plain, models: ['a'] }] },
      '$.routes has two routes of the name "main": each must have a name of its own.',
    ],
    'two of which claim the same models': [
      { routes: [plain, { ...plain, name: 'other' }] },
      '$.routes names the model "*" twice: each must be in one route.',
    ],
  };
  for (const [what, [json, message]] of Object.entries(wrong)) {
    it(`are not accepted ${what}`, () => {
      assert.throws(
        () => parseRoutes(json),
        (error) => {
          assert.ok(error instanceof InvalidRoutes);
          assert.deepEqual(error.messages, [message]);
          return true;
        },
      );
    });
  }

  it('are told everything that is wrong at once', () => {
    const routes = [{ name: 'A B', models: [''], url: 'x', queue: -1 }];
    assert.throws(
      () => parseRoutes({ routes, defaultModel: '' }),
      (error) => error instanceof InvalidRoutes && error.messages.length === 5,
    );
  });

  it('are read or refused, whatever they are', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({ routes: fc.array(fc.jsonValue()) })), (json) => {
        try {
          parseRoutes(json);
        } catch (error) {
          assert.ok(error instanceof InvalidRoutes && error.messages.length > 0);
        }
      }),
    );
  });
});
