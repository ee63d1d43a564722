import { isJsonObject, type JsonObject, type JsonValue } from '../engine/json.ts';

/**
 * An OpenAPI document in which each schema with a title stands once, among the components, and is referred to everywhere
 * else: shorter to read, and a client that is generated from it has one type for one thing.
 */
export function withNamedSchemas(document: JsonObject): JsonObject {
  const named = new Map<string, JsonValue>();
  const paths = hoist(document['paths'] ?? {}, named);
  const components = isJsonObject(document['components']) ? document['components'] : {};
  return { ...document, components: { ...components, schemas: Object.fromEntries([...named].sort()) }, paths };
}

/** What stands for lone surrogates in a pattern: none can be in a JSON text, and other languages' patterns cannot name them. */
const SURROGATES = '\\uD800-\\uDFFF';

function hoist(value: JsonValue, named: Map<string, JsonValue>): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((one) => hoist(one, named));
  if (!isJsonObject(value)) return value;
  const hoisted: Record<string, JsonValue> = Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, hoist(one, named)]),
  );
  const { pattern } = hoisted;
  if (typeof pattern === 'string') hoisted['pattern'] = pattern.replaceAll(SURROGATES, '');
  const { title, ...schema } = hoisted;
  if (typeof title !== 'string' || !isSchema(value)) return hoisted;
  named.set(title, schema);
  return { $ref: `#/components/schemas/${title}` };
}

function isSchema(value: JsonObject): boolean {
  return 'type' in value || 'anyOf' in value || 'enum' in value || 'const' in value;
}
