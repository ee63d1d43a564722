import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiClient } from '../api/client.ts';
import type { ApiObject } from '../api/objects.ts';

/** A JSON schema as far as it is changed here. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly nullable?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-group-version-kind'?: readonly { group: string; version: string; kind: string }[];
}

interface Document {
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

/** Where kubeconform finds a kind's schema in the folder. */
export const SCHEMA_LOCATION = '{{ .Group }}_{{ .ResourceAPIVersion }}_{{ .ResourceKind }}.json';

/**
 * Writes a strict JSON schema for each kind of the objects, out of what the API server itself publishes for its own kinds and for
 * those of the definitions that it has.
 */
export async function writeSchemas(api: ApiClient, objects: readonly ApiObject[], folder: string): Promise<void> {
  for (const [apiVersion, group] of Map.groupBy(objects, (object) => object.apiVersion)) {
    const root = apiVersion.includes('/') ? `apis/${apiVersion}` : `api/${apiVersion}`;
    const { components } = await api.read<Document>(`/openapi/v3/${root}`);
    const schemas = Object.entries(components?.schemas ?? {});
    const strictSchemas = Object.fromEntries(schemas.map(([name, schema]) => [name, strict(schema)]));
    for (const kind of new Set(group.map((object) => object.kind))) {
      const [name] = schemas.find(([, schema]) => isOf(schema, apiVersion, kind)) ?? [];
      if (name === undefined) throw new Error(`The API server publishes no schema of ${kind} (${apiVersion}).`);
      const [of = '', version = of] = apiVersion.split('/');
      const file = `${of}_${version}_${kind.toLowerCase()}.json`;
      const schema = { $ref: `#/components/schemas/${name}`, components: { schemas: strictSchemas } };
      writeFileSync(join(folder, file), JSON.stringify(schema));
    }
  }
}

function isOf(schema: Schema, apiVersion: string, kind: string): boolean {
  const kinds = schema['x-kubernetes-group-version-kind'] ?? [];
  return kinds.some((one) => one.kind === kind && [one.group, one.version].filter(Boolean).join('/') === apiVersion);
}

/** Allows no property that the schema does not name. Alternatives (oneOf …) only add conditions, and stay as they are. */
function strict(schema: Schema): Schema {
  const { properties, items, additionalProperties, type, nullable } = schema;
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true;
  return {
    ...schema,
    ...(nullable === true && typeof type === 'string' && { type: [type, 'null'] }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, strict(property)])),
    }),
    ...(items !== undefined && { items: strict(items) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: strict(additionalProperties) }),
    ...(properties !== undefined && additionalProperties === undefined && !isOpen && { additionalProperties: false }),
  };
}
