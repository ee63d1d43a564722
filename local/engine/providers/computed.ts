import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isObject, isSecret, mapObject, type PropertyMap, UNKNOWN } from '../values.ts';
import type { FillUnknown } from './output-only.ts';
import { sdkFile, sdkFolder } from './sdk-file.ts';

/** A property as the SDK declares it. */
interface Member {
  readonly type: string;
  /** Whether a resource always has it once it is made. */
  readonly always: boolean;
}
type Members = ReadonlyMap<string, Member>;
/** The members of one of the SDK's types for outputs. */
type MembersOf = (type: string) => Members;

/** `name: type` and `name?: type` of a class or an interface of the SDK; `readonly` and `Output<>` are taken off. */
const MEMBER = /^\s+(?:readonly )?(\w+)(\??): (?:pulumi\.Output<(.+)>|(.+));$/gm;
const OUTPUT_TYPE = /^outputs\.(?:([\w.]+)\.)?(\w+)(?: \| undefined)?$/;
const NONE: Members = new Map();

/**
 * Fills in, as unknown, what a cloud adds to a resource by itself: a property that may be left out, but is always there afterwards, such as
 * a project or a generated name; also inside of objects. A preview would otherwise make `https://undefined` of an address.
 */
export function fillComputedFrom(dir: string): FillUnknown {
  const resources = remembered((type: string) => {
    const source = sdkFile(type, dir, '.d.ts') ?? '';
    // What stands before the constructor are the properties of a resource; its arguments come after.
    return parse(source.slice(source.indexOf('export declare class'), source.indexOf('constructor(')));
  });
  const outputs = remembered((root: string) => outputTypes(path.join(root, 'types', 'output.d.ts')));
  return (type, given) => {
    const root = sdkFolder(type, dir);
    return root === undefined ? given : fill(resources(type), given, outputs(root));
  };
}

function fill(members: Members, given: PropertyMap, membersOf: MembersOf): PropertyMap {
  const missing = [...members].filter(([name, { always }]) => always && given[name] === undefined);
  const filled = mapObject(given, (value, name) => {
    const member = members.get(name);
    return member === undefined || !isObject(value) || isSecret(value)
      ? value
      : fill(membersOf(member.type), value, membersOf);
  });
  return { ...filled, ...Object.fromEntries(missing.map(([name]) => [name, UNKNOWN])) };
}

function outputTypes(file: string): MembersOf {
  let text: string | undefined;
  return remembered((type) => {
    const [, namespace = '', name] = OUTPUT_TYPE.exec(type) ?? [];
    if (name === undefined) return NONE;
    text ??= readFileSync(file, 'utf8');
    const around = text.indexOf(`namespace ${namespace} {`);
    const start = text.indexOf(`interface ${name} {`, around);
    return around < 0 || start < 0 ? NONE : parse(text.slice(start, text.indexOf('\n    }', start)));
  });
}

function parse(text: string): Members {
  const found = [...text.matchAll(MEMBER)].map(([, name = '', optional, output, plain]) => {
    const type = output ?? plain ?? '';
    return [name, { type, always: optional === '' && !type.endsWith('| undefined') }] as const;
  });
  return new Map(found);
}

function remembered<T>(find: (key: string) => T): (key: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (key) => {
    let entry = known.get(key);
    if (entry === undefined) known.set(key, (entry = { value: find(key) }));
    return entry.value;
  };
}
