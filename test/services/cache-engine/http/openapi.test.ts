import assert from 'node:assert/strict';
import { withNamedSchemas } from '../../../../services/cache-engine/src/http/named-schemas.ts';
import { startEngine, type TestEngine } from '../support/engine.ts';

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly Record<string, unknown>[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema?: object }>> }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

describe('the OpenAPI document', () => {
  let engine: TestEngine;
  let document: Document;
  before(async () => {
    engine = await startEngine();
    document = (await (await fetch(`${engine.url}/docs/json`)).json()) as Document;
  });
  after(() => engine.close());

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, path, operation })),
    );

  it('names each operation once, and says of each what it does, who may, and what comes back', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    assert.deepEqual(ids.length, new Set(ids).size);
    for (const { name, path, operation } of operations()) {
      const { operationId, summary, tags, security, responses } = operation;
      assert.match(operationId ?? '', /^[a-z]\w+$/, name);
      assert.ok(summary !== undefined && tags?.length === 1, name);
      const scheme = path.startsWith('/v1/admin/') ? 'adminToken' : path.startsWith('/v1/') ? 'vendorKey' : undefined;
      assert.deepEqual(
        security?.flatMap((one) => Object.keys(one)),
        scheme && [scheme],
        name,
      );
      const [good = ''] = Object.keys(responses).filter((status) => status.startsWith('2'));
      assert.ok(good === '204' || Object.values(responses[good]?.content ?? {})[0]?.schema !== undefined, name);
      assert.ok(responses['default']?.content?.['application/problem+json'] !== undefined, name);
    }
  });

  it('refers to nothing that it does not hold, and holds nothing that it does not refer to', () => {
    const text = JSON.stringify(document);
    const named = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name));
    assert.deepEqual([...named].sort(), Object.keys(document.components.schemas).sort());
  });

  it('has only patterns that other languages can read', () => {
    const text = JSON.stringify(document);
    assert.match(text, /"pattern":/);
    assert.doesNotMatch(text, /\\\\uD8/);
  });

  it('takes a member that is called title for what it is', () => {
    const schema = {
      type: 'object',
      title: 'Thing',
      properties: { title: { type: 'string' }, same: { type: 'number', title: 'Same' } },
    };
    const { paths, components } = withNamedSchemas({ paths: { '/x': { schema } } });
    assert.deepEqual(paths, { '/x': { schema: { $ref: '#/components/schemas/Thing' } } });
    assert.deepEqual(components, {
      schemas: {
        Same: { type: 'number' },
        Thing: {
          type: 'object',
          properties: { title: { type: 'string' }, same: { $ref: '#/components/schemas/Same' } },
        },
      },
    });
  });
});
