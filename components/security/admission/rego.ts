import { readFileSync } from 'node:fs';

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');

/** What the rules share, by the name under which they import it. */
const LIBRARIES = { 'lib.objects': 'libs/objects.rego', 'lib.pods': 'libs/pods.rego' } as const;

/** The Rego of a rule and of the libraries that it needs. */
export function regoOf(rule: string): { readonly rego: string; readonly libs: readonly string[] } {
  const rego = read(`./rules/${rule}/rule.rego`);
  const needed = Object.entries(LIBRARIES).filter(([name]) => rego.includes(`import data.${name}\n`));
  return { rego, libs: needed.map(([, file]) => read(`./${file}`)) };
}
