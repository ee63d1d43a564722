import { UNKNOWN, type PropertyMap } from '../values.ts';
import { sdkFile } from './sdk-file.ts';

/**
 * Fills in, as unknown, the properties of a resource that only its provider knows. Without them a policy would see
 * `undefined` in a preview and judge wrongly instead of waiting for the update.
 */
export type FillUnknown = (type: string, outputs: PropertyMap) => PropertyMap;

/** Reads the output-only properties from the SDK that the program in `dir` uses: npm packages carry no schema. */
export function fillUnknownFrom(dir: string): FillUnknown {
  const known = new Map<string, readonly string[]>();
  return (type, outputs) => {
    let names = known.get(type);
    if (names === undefined) known.set(type, (names = outputOnly(type, dir)));
    const missing = names.filter((name) => outputs[name] === undefined);
    return { ...outputs, ...Object.fromEntries(missing.map((name) => [name, UNKNOWN])) };
  };
}

/** In a generated class a property the provider alone knows is assigned `undefined /*out*\/`, all others from `args`. */
const ASSIGNMENT = /resourceInputs\["(\w+)"\] = (undefined|state)?/g;

function outputOnly(type: string, dir: string): string[] {
  const assignments = [...(sdkFile(type, dir, '.js') ?? '').matchAll(ASSIGNMENT)];
  const names = assignments.filter(([, , from]) => from === 'undefined').map(([, name]) => name ?? '');
  // A lookup lists inputs as outputs too, but only inputs are assigned from anything else than the looked-up state.
  const inputs = new Set(assignments.filter(([, , from]) => from === undefined).map(([, name]) => name));
  return [...new Set(names)].filter((name) => !inputs.has(name));
}
