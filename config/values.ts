/** Readers of single configuration values. Each throws a RunError that names the key, the value and what is allowed. */
import { RunError } from '@pulumi/pulumi';
import type { Bounds } from '@wedsync/domain';
import type { Settings } from './settings.ts';

/** Inclusive limits of a whole number. */
interface Limits {
  readonly least: number;
  readonly most: number;
}

const IMAGE_BY_DIGEST = /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)+(:[\w.-]+)?@sha256:[0-9a-f]{64}$/;
const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The error for a value that is not allowed. */
export function invalid(settings: Settings, path: string, value: unknown, allowed: string): RunError {
  const shown = value === undefined ? 'not set' : JSON.stringify(value);
  return new RunError(
    `${settings.nameOf(path)} is ${shown}. Allowed: ${allowed}. Set it in the stack's file, or: ` +
      `pulumi config set --path '${settings.nameOf(path)}' VALUE`,
  );
}

/** One of a list of words. */
export function oneOf<T extends string>(settings: Settings, key: string, allowed: readonly T[]): T {
  const value = settings.get(key);
  const found = allowed.find((word) => word === value);
  if (found === undefined) throw invalid(settings, key, value, allowed.join(', '));
  return found;
}

/** Text of a given form; `allowed` says the form in words. */
export function matching(settings: Settings, key: string, form: RegExp, allowed: string): string {
  const value = settings.get(key);
  if (value === undefined || !form.test(value)) throw invalid(settings, key, value, allowed);
  return value;
}

/** Text, or `undefined` where it is empty. */
export function optionalText(settings: Settings, key: string): string | undefined {
  return settings.get(key)?.trim() || undefined;
}

/** The name of a Kubernetes namespace. */
export function namespace(settings: Settings, key: string): string {
  return matching(
    settings,
    key,
    NAMESPACE,
    'the name of a namespace: lower-case letters, digits and hyphens, 63 at most',
  );
}

/** An image reference with a digest. */
export function image(settings: Settings, key: string): string {
  return matching(
    settings,
    key,
    IMAGE_BY_DIGEST,
    'an image by digest, registry/name:tag@sha256:<64 hexadecimal digits>',
  );
}

/** An image reference with a digest, or `undefined` where it is empty. */
export function optionalImage(settings: Settings, key: string): string | undefined {
  return optionalText(settings, key) === undefined ? undefined : image(settings, key);
}

/** An https URL (http only to this machine itself), or `undefined` where it is empty. */
export function optionalUrl(settings: Settings, key: string): string | undefined {
  const value = optionalText(settings, key);
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const local = url !== undefined && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url === undefined || !(url.protocol === 'https:' || (url.protocol === 'http:' && local))) {
    throw invalid(settings, key, value, 'an https:// URL up to and with /v1 (http:// for this machine only), or empty');
  }
  return value.replace(/\/+$/, '');
}

/** A whole number within limits. */
export function integer(settings: Settings, key: string, limits: Limits): number {
  return within(settings, key, parsed(settings, key), limits);
}

/** A whole number somewhere inside an object value, such as `pool.normal.cpu`. */
export function member(settings: Settings, key: string, path: readonly string[], limits: Limits): number {
  let value = parsed(settings, key);
  for (const name of path) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  }
  return within(settings, [key, ...path].join('.'), value, limits);
}

/** `{ minimum, maximum }`, each within limits and in that order. */
export function bounds(settings: Settings, key: string, limits: Limits): Bounds {
  const minimum = member(settings, key, ['minimum'], limits);
  const maximum = member(settings, key, ['maximum'], limits);
  if (minimum > maximum) {
    throw invalid(settings, key, { minimum, maximum }, 'a minimum that is not above the maximum');
  }
  return { minimum, maximum };
}

/** A setting that is written in JSON; its text where it is not, `undefined` where it is not set. */
export function parsed(settings: Settings, key: string): unknown {
  const text = settings.get(key);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function within(settings: Settings, path: string, value: unknown, { least, most }: Limits): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    throw invalid(settings, path, value, `a whole number from ${least} to ${most}`);
  }
  return value;
}
