import { isObject, isSecret, SIGNATURE } from '../../../../local/engine/values.ts';

/** Keys in order, secrets masked, references by URN, and without what the CLI adds for itself. */
export function normalValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalValue);
  if (!isObject(value)) return typeof value === 'string' ? normalText(value) : value;
  if (isSecret(value)) return '[secret]';
  if (value[SIGNATURE] !== undefined) return { reference: value['urn'] };
  const keys = Object.keys(value).filter((key) => key !== '__internal');
  return Object.fromEntries(keys.sort().map((key) => [key, normalValue(value[key])]));
}

/** Without random ids, and without the versions of SDKs, which change with every upgrade. */
export function normalText(text: string): string {
  return text
    .replace(/::[0-9a-f]{8}-[0-9a-f-]{27}$/, '::<id>')
    .replace(/(providers:(?:kubernetes|random)::default)[\d_]+/, '$1_<version>');
}

/** Names of URNs in order, each once: sets have no order. */
export function normalSet(urns: readonly string[] | undefined): string[] {
  return [...new Set(urns ?? [])].sort();
}

/** Without the properties that depend on nothing. */
export function normalDependencies(
  dependencies: Readonly<Record<string, readonly string[]>> | undefined,
): Record<string, string[]> {
  const some = Object.entries(dependencies ?? {}).filter(([, urns]) => urns.length > 0);
  return Object.fromEntries(
    some.map(([key, urns]) => [key, normalSet(urns)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
