/** A resource of a stack under judgement, with the inputs that a program would give it. */
export interface TestResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  /** The names of the resources from which a property was computed, by property. */
  readonly sources?: Readonly<Record<string, readonly string[]>>;
}

/** The resources of a stack by name; the root stack, if it has outputs, is one of them. */
export type TestStack = readonly TestResource[];

export { ROOT_STACK } from '../../../policy-pack/resource.ts';

const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';

/** What the engine sends for a value that is known only after the update. */
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** What the engine sends for a value that Pulumi keeps secret. */
export function secret(value: unknown): Record<string, unknown> {
  return { [SIGNATURE]: SECRET, value };
}
