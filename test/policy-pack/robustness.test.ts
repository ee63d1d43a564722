import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { objectsOf } from '../../policy-pack/kubernetes/object.ts';
import { messageOf } from '../../policy-pack/message.ts';
import { goodStack } from './good-stack.ts';
import { judgedStack } from './support/objects.ts';
import { secret, type TestResource, UNKNOWN } from './support/resource.ts';
import { RULES } from './support/rules.ts';

/** Something that no schema foresees. */
const strange = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(UNKNOWN, secret(UNKNOWN), secret('x'), [], {}));

/** A resource of the good stack in which some values, at any depth, have become strange. */
const spoiled = fc
  .tuple(fc.constantFrom(...goodStack()), fc.infiniteStream(fc.nat(9)), fc.infiniteStream(strange))
  .map(([resource, dice, values]): TestResource => {
    const spoil = (value: unknown): unknown => {
      if (dice.next().value === 0) return values.next().value;
      if (Array.isArray(value)) return value.map(spoil);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, spoil(member)]));
    };
    const inputs = Object.entries(resource.inputs).map(([key, value]) => [key, spoil(value)] as const);
    return { ...resource, inputs: Object.fromEntries(inputs) };
  });

describe('Rules, given resources that no schema foresees', () => {
  for (const { name, checkObject, checkStack } of RULES) {
    it(`do not fail, and name a subject and a field: ${name}`, () => {
      fc.assert(
        fc.property(fc.array(spoiled, { minLength: 1, maxLength: 3 }), (resources) => {
          const all = judgedStack([...goodStack(), ...resources]);
          const objects = all.flatMap(objectsOf);
          const findings = [
            ...objects.flatMap((object) => checkObject?.(object, {}) ?? []),
            ...(checkStack?.(objects, all, {}) ?? []),
          ];
          for (const finding of findings) assert.match(messageOf(finding), /^\S.*: \S.* is \S.*\. [A-Z\d-].*\.$/s);
        }),
      );
    });
  }
});
