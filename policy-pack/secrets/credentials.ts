/** How credentials are told from other text: by the name of what holds them, or by their own form. */

/** Names are compared as UPPER_SNAKE_CASE. A name that ends in _FILE, _NAME or _PATH says where a secret is, not what it is. */
const SECRET_NAME =
  /(^|_)(PASSWORDS?|PASSWD|PASSPHRASE|PASS|TOKEN|SECRETS?|CREDENTIALS?|APIKEY|KEY|MASTERAUTH|REQUIREPASS|REDISCLI_AUTH)$/;
/** Keys that are no secrets. */
const OPEN_NAME = /(^KEY|PUBLIC_KEY|CACHE_KEY|PRIMARY_KEY|SORT_KEY|PARTITION_KEY)$/;

/** Values that hold no secret whatever their name: references to variables, paths, empty words, switches. */
const REFERENCE = /^(\$[({]?\w|\{\{|\/|\.\.?\/|[a-z]:\\)/i;
const SWITCH = /^(true|false|yes|no|on|off|null|none|\d{1,3})?$/i;

/** Forms by which a credential gives itself away, with what it is. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/, 'a private key'],
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/, 'an AWS access key'],
  [/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/, 'a JSON web token'],
  [/\bbearer\s+[\w.~+/-]{16,}=*/i, 'a bearer token'],
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"']*:(?!\$[({])[^\s/@"']+@/i, 'a URL with a password'],
  [/\bgh[pousr]_[A-Za-z0-9]{30,}/, 'a GitHub token'],
  [/\bsk-[A-Za-z0-9_-]{20,}/, 'an API key'],
  [/\bxox[abprs]-[A-Za-z0-9-]{10,}/, 'a Slack token'],
  [/^\s*user\s+\S+\s.*\s>\S+/m, 'a Redis password'],
];

/** Whether what `name` holds is secret: `DB_PASSWORD`, `api-key`, `accessToken`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
  return SECRET_NAME.test(words) && !OPEN_NAME.test(words);
}

/** Whether `value` is written out, rather than a reference to something or a mere switch. */
export function isLiteral(value: string): boolean {
  const text = value.trim();
  return !REFERENCE.test(text) && !SWITCH.test(text);
}

/** What credential a text holds by its form; `undefined` when it shows none. */
export function credentialIn(text: string): string | undefined {
  return FORMS.find(([form]) => form.test(text))?.[1];
}

/** The first line `name: value` or `name=value` of a file that holds a secret, by its name; 1 is the first line. */
export function secretLine(text: string): { readonly line: number; readonly name: string } | undefined {
  for (const [index, line] of text.split('\n').entries()) {
    const [, name = '', value = ''] = ASSIGNMENT.exec(line) ?? [];
    if (name !== '' && isSecretName(name) && isLiteral(value) && !/^[[{|>&]/.test(value))
      return { line: index + 1, name };
  }
  return undefined;
}

/** `password: x`, `"password": "x",`, `export PASSWORD=x`, and Redis' `requirepass x`; not a comment. */
const ASSIGNMENT =
  /^\s*(?:export\s+|-\s+)?["']?([A-Za-z][\w.-]*?)["']?(?:\s*[:=]\s*|(?<=requirepass|masterauth)\s+)["']?([^"'\s]+)["']?[,;]?\s*$/;
