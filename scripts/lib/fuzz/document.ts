import type { FuzzTarget } from './target.ts';

interface Schema {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  items?: Schema;
  enum?: readonly string[];
}

interface OpenApi {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** A message that the cache understands, which hardly any object is by chance. */
const MESSAGE: Schema = {
  type: 'object',
  required: ['role', 'content'],
  properties: {
    role: { enum: ['system', 'user', 'assistant'] },
    content: { type: 'string', minLength: 1, maxLength: 200 },
  },
  additionalProperties: false,
};

/**
 * The engine's OpenAPI document as the fuzzer reads it, so that its requests get past the door: with the one vendor id that its key
 * permits, and with messages that are none beside others that are.
 */
export async function documentFor({ url, vendorId }: FuzzTarget, signal: AbortSignal): Promise<string> {
  const response = await fetch(`${url}/docs/json`, { signal });
  const document = (await response.json()) as OpenApi;
  const { QueryRequest: query, ChatCompletionRequest: chat } = document.components.schemas;
  const metadata = chat?.properties?.['metadata']?.anyOf?.find(({ properties }) => properties !== undefined);
  for (const id of [query?.properties?.['vendorId'], metadata?.properties?.['vendorId']])
    found(id, 'a vendorId').enum = [vendorId];
  const messages = found(chat?.properties?.['messages'], 'messages');
  messages.items = { anyOf: [MESSAGE, found(messages.items, 'a message')] };
  return JSON.stringify(document);
}

function found(schema: Schema | undefined, what: string): Schema {
  if (schema === undefined) throw new Error(`The OpenAPI document lacks ${what} where the fuzzer knows it.`);
  return schema;
}
