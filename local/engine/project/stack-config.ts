import { messageOf, UserError } from '../errors.ts';
import { isObject } from '../values.ts';
import { checkType, qualify, type ConfigDeclaration, type ConfigType } from './config-schema.ts';
import { decryptor, type Decrypt } from './passphrase.ts';

/** Configuration as a program receives it: every value as text, structures as JSON. */
export interface StackConfig {
  readonly values: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

export interface StackConfigSource {
  readonly project: string;
  readonly stack: string;
  readonly file: string;
  /** The parsed stack file. */
  readonly content: unknown;
  readonly declarations: readonly ConfigDeclaration[];
  readonly overrides: Readonly<Record<string, string>>;
  /** Asked for at most once, and only if there is something to decrypt. */
  readonly passphrase: () => string | undefined;
}

/**
 * Joins overrides, the stack file and the defaults of Pulumi.yaml, in this order of precedence.
 * Throws a UserError for a malformed file, a missing or mistyped value, or a secret that can't be decrypted.
 */
export function readStackConfig(source: StackConfigSource): StackConfig {
  const { content, file, project, declarations } = source;
  if (!isObject(content)) throw new UserError(`${file} must be a map with a 'config' section.`);
  const section = content['config'] ?? {};
  if (!isObject(section)) throw new UserError(`${file}: 'config' must be a map of keys.`);

  const found = new Map<string, unknown>();
  const secretKeys = new Set(declarations.filter((each) => each.secret).map((each) => each.key));
  for (const { key, fallback } of declarations) if (fallback !== undefined) found.set(key, fallback);

  const overrides = Object.entries(source.overrides).map(([key, value]) => [qualify(key, project), value] as const);
  const overridden = new Set(overrides.map(([key]) => key));
  const decrypt = lazyDecrypt(source, content);
  for (const [given, value] of Object.entries(section)) {
    const key = qualify(given, project);
    if (holdsCiphertext(value)) secretKeys.add(key);
    if (overridden.has(key)) continue;
    if (value === null) throw new UserError(`${file}: '${given}' has no value.`);
    found.set(key, open(value, given, file, decrypt));
  }
  for (const [key, value] of overrides) found.set(key, value);

  for (const declaration of declarations) check(declaration, found, overridden, source);
  return {
    values: Object.fromEntries([...found].map(([key, value]) => [key, asText(value)])),
    secretKeys: [...secretKeys].filter((key) => found.has(key)),
  };
}

function check(
  declaration: ConfigDeclaration,
  found: ReadonlyMap<string, unknown>,
  overridden: ReadonlySet<string>,
  { stack, file }: StackConfigSource,
): void {
  const { key, type, secret } = declaration;
  if (!found.has(key)) {
    const kind = type?.name ?? 'string';
    throw new UserError(`Stack '${stack}' is missing configuration value '${key}' (${kind}). Set it in ${file}.`);
  }
  if (secret) return;
  const value = found.get(key);
  if (!overridden.has(key)) checkType(declaration, value, `the value in ${file}`);
  else checkType(declaration, fromText(value, type), 'the value given on top of the stack file');
}

/** Overrides carry structures as JSON text. */
function fromText(value: unknown, type: ConfigType | undefined): unknown {
  if (typeof value !== 'string' || (type?.name !== 'array' && type?.name !== 'object')) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function asText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

function isCiphertext(value: unknown): value is { secure: string } {
  return isObject(value) && Object.keys(value).length === 1 && typeof value['secure'] === 'string';
}

/** A secret anywhere in a structure makes the whole key secret. */
function holdsCiphertext(value: unknown): boolean {
  if (isCiphertext(value)) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsCiphertext);
}

function open(value: unknown, key: string, file: string, decrypt: Decrypt): unknown {
  if (isCiphertext(value)) {
    try {
      return decrypt(value.secure);
    } catch (error) {
      if (error instanceof UserError && error.message.includes('passphrase')) throw error;
      throw new UserError(`${file}: the secret '${key}' can't be decrypted: ${messageOf(error)}. Set it anew.`);
    }
  }
  if (Array.isArray(value)) return value.map((item) => open(item, key, file, decrypt));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, open(item, key, file, decrypt)]));
}

function lazyDecrypt({ file, passphrase }: StackConfigSource, content: Record<string, unknown>): Decrypt {
  let decrypt: Decrypt | undefined;
  return (ciphertext) => {
    decrypt ??= makeDecrypt(content['encryptionsalt'], passphrase(), file);
    return decrypt(ciphertext);
  };
}

function makeDecrypt(salt: unknown, passphrase: string | undefined, file: string): Decrypt {
  if (typeof salt !== 'string') {
    throw new UserError(
      `${file} has secrets but no 'encryptionsalt', so a passphrase can't open them. ` +
        `Only secrets encrypted with a passphrase can be read without a cloud.`,
    );
  }
  if (passphrase === undefined) {
    throw new UserError(
      `${file} has secrets, and no passphrase was given. ` +
        `Set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE to a file that holds it.`,
    );
  }
  return decryptor(salt, passphrase, file);
}
