/**
 * Values as the Pulumi engine sends them to a policy pack: JSON in which unknown values stand as sentinels and secrets
 * are wrapped. @pulumi/policy unwraps secrets and throws at the first unknown value; the rules need to see both.
 */
import policyValues from '@pulumi/policy/deserialize.js';

/** Sentinels of values that are known only after the update, one a type (`sdk/go/common/resource/plugin/rpc.go`). */
const UNKNOWN_SENTINELS: ReadonlySet<unknown> = new Set([
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7', // boolean
  '3eeb2bf0-c639-47a8-9e75-3b44932eb421', // number
  '04da6b54-80e4-46f7-96ec-b56ff0331ba9', // string
  '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2', // array
  '030794c1-ac77-496b-92df-f27374a8bd58', // asset
  'e48ece36-62e2-4504-bad9-02848725956a', // archive
  'dd056dcd-154b-4c76-9bd3-c8f88648b5ff', // object
]);
/** The key that marks an object as more than an object, and its value for a secret (same source). */
const SIGNATURE_KEY = '4dabf18193072939515e22adb298388d';
const SECRET_SIGNATURE = '1b47061264138c4ac30d75fd1eb44270';

const WIRE = Symbol('wire');

interface Struct {
  toJavaScript(): Record<string, unknown>;
}
interface PolicyValues {
  deserializeProperties: (struct: Struct, keepSecrets: boolean) => Record<string | symbol, unknown>;
}

/** Whether `value` stands for one that is known only after the update. */
export function isUnknown(value: unknown): boolean {
  return UNKNOWN_SENTINELS.has(value);
}

/** The value inside a secret's wrapper; `undefined` when `value` is no secret. */
export function unwrapSecret(value: unknown): { readonly inside: unknown } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = value as Record<string, unknown>;
  return fields[SIGNATURE_KEY] === SECRET_SIGNATURE ? { inside: fields['value'] } : undefined;
}

/**
 * Makes @pulumi/policy keep the engine's own form beside the properties that it hands to policies. Its server looks the
 * function up by name at every call; the package is pinned to one version and built into the pack, and the pack's tests
 * fail if a new version no longer does so.
 */
export function keepWireForm(): void {
  const values = policyValues as unknown as PolicyValues;
  const original = values.deserializeProperties;
  // Asked for anew for every policy; none of ours changes what it is given to judge.
  const judged = new WeakMap<Struct, ReturnType<typeof original>>();
  values.deserializeProperties = (struct, keepSecrets) => {
    if (keepSecrets) {
      // What a remediation gets would be wrapped at every step, and refuse to be read where it is unknown; text is not.
      return Object.defineProperty(original(struct, true), WIRE, { get: () => JSON.stringify(struct.toJavaScript()) });
    }
    const properties =
      judged.get(struct) ??
      // A property that cannot be written or redefined is passed through the proxies around properties untouched.
      Object.defineProperty(original(struct, false), WIRE, { value: struct.toJavaScript() });
    judged.set(struct, properties);
    return properties;
  };
}

/** The engine's form of a policy's `props`. */
export function wireForm(props: Record<string, unknown>): Record<string, unknown> {
  const wire = (props as Record<symbol, unknown>)[WIRE];
  if (wire === undefined) throw new Error('The properties have lost the form in which the Pulumi engine sent them.');
  return (typeof wire === 'string' ? JSON.parse(wire) : wire) as Record<string, unknown>;
}
