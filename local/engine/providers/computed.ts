import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isObject, isSecret, mapObject, type PropertyMap, UNKNOWN } from '../values.ts';
import type { FillUnknown } from './output-only.ts';
import { sdkFile, sdkFolder } from './sdk-file.ts';

/** The types of an SDK's outputs, as one text. */
type Types = () => string;

/** `name: type` and `name?: type` of a class or an interface of the SDK; `readonly` and `Output<>` are taken off. */
const MEMBER = /^\s+(?:readonly )?(\w+)(\??): (?:pulumi\.Output<(.+)>|(.+));$/gm;
const OUTPUT_TYPE = /^outputs\.(?:([\w.]+)\.)?(\w+)(?: \| undefined)?$/;

/**
 * Fills in, as unknown, what a cloud adds to a resource by itself: a property that may be left out, but is always there afterwards, such as
 * a project or a generated name; also inside of objects. A preview would otherwise make `https://undefined` of an address.
 */
export function fillComputedFrom(dir: string): FillUnknown {
  const types = new Map<string, Types>();
  return (type, given) => {
    const source = sdkFile(type, dir, '.d.ts');
    const root = sdkFolder(type, dir);
    if (source === undefined || root === undefined) return given;
    let outputs = types.get(root);
    if (outputs === undefined)
      types.set(root, (outputs = once(() => readFileSync(path.join(root, 'types/output.d.ts'), 'utf8'))));
    // What stands before the constructor are the properties of a resource; its arguments come after.
    return fill(source.slice(source.indexOf('export declare class'), source.indexOf('constructor(')), given, outputs);
  };
}

function fill(members: string, given: PropertyMap, types: Types): PropertyMap {
  const found = [...members.matchAll(MEMBER)].map(([, name = '', optional, output, plain]) => {
    const type = output ?? plain ?? '';
    return { name, type, always: optional === '' && !type.endsWith('| undefined') };
  });
  const missing = found.filter(({ name, always }) => always && given[name] === undefined);
  const byName = new Map(found.map(({ name, type }) => [name, type]));
  return {
    ...mapObject(given, (value, name) => (isObject(value) ? fillObject(byName.get(name) ?? '', value, types) : value)),
    ...Object.fromEntries(missing.map(({ name }) => [name, UNKNOWN])),
  };
}

function fillObject(type: string, value: PropertyMap, types: Types): PropertyMap {
  const [, namespace = '', name] = OUTPUT_TYPE.exec(type) ?? [];
  if (name === undefined || isSecret(value)) return value;
  const text = types();
  const around = text.indexOf(`namespace ${namespace} {`);
  const start = text.indexOf(`interface ${name} {`, around);
  if (around < 0 || start < 0) return value;
  return fill(text.slice(start, text.indexOf('\n    }', start)), value, types);
}

function once(read: Types): Types {
  let text: string | undefined;
  return () => (text ??= read());
}
