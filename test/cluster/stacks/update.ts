import { isDeepStrictEqual } from 'node:util';
import { type ApiObject, describe as nameOf } from '../api/objects.ts';
import type { RenderedStack, Sent } from './render.ts';

/** What an update from one to the other sends, as the CLI works it out: fields that the program ignores stay as they were. */
export function updateOf(before: RenderedStack, after: RenderedStack): ApiObject[] {
  const sentBefore = new Map(before.sent.map((sent) => [keyOf(sent), sent.object]));
  return after.sent.map((sent) => {
    const old = sentBefore.get(keyOf(sent));
    if (old === undefined) return sent.object;
    return sent.ignoredChanges.reduce((object, field) => withField(object, field.split('.'), old), sent.object);
  });
}

function keyOf({ object, isPatch }: Sent): string {
  return `${nameOf(object)}${isPatch ? ' (patch)' : ''}`;
}

/** The object with one of its fields, which is given member by member, as `old` has it. */
function withField<T extends object>(object: T, [member = '', ...rest]: readonly string[], old: object): T {
  const [value, oldValue] = [object, old].map((one) => (one as Record<string, unknown>)[member]);
  if (isDeepStrictEqual(value, oldValue)) return object;
  return { ...object, [member]: rest.length === 0 ? oldValue : withField(value as object, rest, oldValue as object) };
}
