import { isUnknown, unwrapSecret } from './wire.ts';

/**
 * A place in a resource's properties, with its path: `spec.template.spec.containers[0].image`. Reading past an absent or
 * unknown value never fails, so that one unknown value hides nothing beside it.
 */
export class Field {
  /** The path from the resource's properties; empty for the properties themselves. */
  readonly path: string;
  /** The value is, or lies in, what Pulumi keeps secret. */
  readonly secret: boolean;
  /** Pulumi keeps this very value secret, not only a whole around it. */
  readonly ownSecret: boolean;
  /** The value is known only after the update. So is everything in it. */
  readonly unknown: boolean;
  readonly #value: unknown;

  constructor(wire: unknown, path = '', around?: Field) {
    const wrapped = unwrapSecret(wire);
    const value = wrapped ? wrapped.inside : wire;
    this.path = path;
    this.ownSecret = wrapped !== undefined;
    this.secret = this.ownSecret || (around?.secret ?? false);
    this.unknown = (around?.unknown ?? false) || isUnknown(value);
    this.#value = this.unknown || value === null ? undefined : value;
  }

  /** The known value, secrets in it still wrapped; `undefined` when it is absent or unknown. */
  get value(): unknown {
    return this.#value;
  }

  get text(): string | undefined {
    return typeof this.#value === 'string' ? this.#value : undefined;
  }

  get number(): number | undefined {
    return typeof this.#value === 'number' ? this.#value : undefined;
  }

  /** A known value is there. */
  get isSet(): boolean {
    return this.#value !== undefined;
  }

  /** It is known that nothing is there. */
  get isAbsent(): boolean {
    return !this.unknown && this.#value === undefined;
  }

  /** Whether the value is known and equals `wanted`. */
  is(wanted: string | number | boolean): boolean {
    return this.#value === wanted;
  }

  /** Whether it is known that the value does not equal `wanted`; absent counts as different. */
  isNot(wanted: string | number | boolean): boolean {
    return !this.unknown && this.#value !== wanted;
  }

  /** The field at the end of `keys`. */
  at(...keys: readonly string[]): Field {
    return keys.reduce<Field>((field, key) => field.#member(key), this);
  }

  /** The members of a list; none when it is absent or unknown. */
  items(): Field[] {
    return Array.isArray(this.#value)
      ? this.#value.map((item: unknown, index) => new Field(item, `${this.path}[${index}]`, this))
      : [];
  }

  /** The members of an object with their names; none when it is absent or unknown. */
  entries(): [string, Field][] {
    return this.#isObject() ? Object.keys(this.#value as object).map((key) => [key, this.#member(key)]) : [];
  }

  /** The text members of an object, by name. */
  texts(): Record<string, string> {
    return Object.fromEntries(
      this.entries().flatMap(([key, field]) => (field.text === undefined ? [] : [[key, field.text] as const])),
    );
  }

  /** Whether this value, or any in it, is known only after the update: what is compared as a whole cannot be judged yet. */
  get uncertain(): boolean {
    return this.leaves().some((leaf) => leaf.unknown);
  }

  /** Every value in this one that has no members of its own. */
  leaves(): Field[] {
    const members = Array.isArray(this.#value) ? this.items() : this.entries().map(([, field]) => field);
    return members.length > 0 ? members.flatMap((member) => member.leaves()) : [this];
  }

  #isObject(): boolean {
    return typeof this.#value === 'object' && this.#value !== null && !Array.isArray(this.#value);
  }

  #member(key: string): Field {
    const value = this.#isObject() ? (this.#value as Record<string, unknown>)[key] : undefined;
    return new Field(value, this.path + step(key, this.path === ''), this);
  }
}

/** `.name`, or `["app.kubernetes.io/name"]` where the name would not read as one. */
function step(key: string, first: boolean): string {
  if (/^[\w-]+$/.test(key)) return first ? key : `.${key}`;
  return `[${JSON.stringify(key)}]`;
}
