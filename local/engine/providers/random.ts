import { randomBytes, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../errors.ts';
import { hasUnknown, secret, strip, stripMap, type PropertyMap } from '../values.ts';
import type { FillUnknown } from './output-only.ts';
import type { ResourceProvider, ResourceRequest, ResourceResult } from './provider.ts';
import { checkRules, randomId, randomInteger, randomString, type StringRules } from './random-values.ts';

/** Makes random values that stay: a second update gives the same ones, unless an input such as a keeper changed. */
export function randomProvider(fillUnknown: FillUnknown): ResourceProvider {
  return {
    check: ({ type, urn, inputs }) => {
      // Rules that nothing can meet are refused in the preview already, unless they are not known yet.
      if (!hasUnknown(inputs)) generatorFor(type, stripMap(inputs), urn);
      return inputs;
    },
    preview: (request) => kept(request) ?? { id: '', outputs: fillUnknown(request.type, request.inputs) },
    create: async (request) => {
      const { type, urn, inputs } = request;
      const before = kept(request);
      if (before !== undefined) return before;
      const { id, outputs } = generatorFor(type, stripMap(inputs), urn)();
      return { id, outputs: { ...inputs, ...outputs } };
    },
    invoke: async (token) => {
      throw new UserError(`The function ${token} is not available on one machine.`);
    },
  };
}

function kept({ inputs, previous }: ResourceRequest): ResourceResult | undefined {
  if (previous === undefined || !isDeepStrictEqual(strip(previous.inputs), strip(inputs))) return undefined;
  return { id: previous.id, outputs: previous.outputs };
}

/** Checks the rules of a random value; returns what makes one. Throws a UserError if the rules can't be met. */
function generatorFor(type: string, inputs: PropertyMap, urn: string): () => ResourceResult {
  switch (type) {
    case 'random:index/randomPassword:RandomPassword': {
      const rules = rulesOf(inputs, urn);
      return () => ({ id: 'none', outputs: { result: secret(randomString(rules)) } });
    }
    case 'random:index/randomString:RandomString': {
      const rules = rulesOf(inputs, urn);
      return () => valued(randomString(rules));
    }
    case 'random:index/randomId:RandomId': {
      const length = count(inputs, 'byteLength', urn);
      return () => randomId(length, text(inputs, 'prefix'));
    }
    case 'random:index/randomBytes:RandomBytes': {
      const length = count(inputs, 'length', urn);
      return () => {
        const bytes = randomBytes(length);
        const base64 = bytes.toString('base64');
        return { id: base64, outputs: { base64: secret(base64), hex: secret(bytes.toString('hex')) } };
      };
    }
    case 'random:index/randomInteger:RandomInteger': {
      const [min, max] = [Number(inputs['min']), Number(inputs['max'])];
      if (!(Number.isInteger(min) && Number.isInteger(max) && min <= max)) {
        throw new UserError(`${urn}: min is ${min} and max is ${max}; they must be whole numbers, min at most max.`);
      }
      return () => valued(randomInteger(min, max, text(inputs, 'seed')));
    }
    case 'random:index/randomUuid:RandomUuid':
      return () => valued(randomUUID());
    default:
      throw new UserError(
        `${urn}: ${type} can't be made on one machine; of the random package there are RandomPassword, RandomString, ` +
          `RandomId, RandomBytes, RandomInteger and RandomUuid.`,
      );
  }
}

/** A value that is its resource's id too. */
function valued(result: string | number): ResourceResult {
  return { id: String(result), outputs: { result } };
}

function rulesOf(inputs: PropertyMap, urn: string): StringRules {
  const flag = (key: string, fallback: boolean): boolean => (inputs[key] as boolean | undefined) ?? fallback;
  const number = (key: string): number => Number(inputs[key] ?? 0);
  const rules = {
    length: number('length'),
    lower: flag('lower', true),
    upper: flag('upper', true),
    // `number` is the older name of `numeric`.
    numeric: flag('numeric', flag('number', true)),
    special: flag('special', true),
    overrideSpecial: text(inputs, 'overrideSpecial'),
    minLower: number('minLower'),
    minUpper: number('minUpper'),
    minNumeric: number('minNumeric'),
    minSpecial: number('minSpecial'),
  };
  checkRules(rules, urn);
  return rules;
}

function text(inputs: PropertyMap, key: string): string {
  const value = inputs[key];
  return typeof value === 'string' ? value : '';
}

function count(inputs: PropertyMap, key: string, urn: string): number {
  const value = inputs[key];
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw new UserError(`${urn}: ${key} is ${JSON.stringify(value)}; it must be a whole number above 0.`);
}
