import { readFileSync } from 'node:fs';
import { ConfigurationError } from './environment.ts';

/** The text of a file that holds one secret, without the line break that editors add. @throws ConfigurationError where it is empty. */
export function readSecret(file: string): string {
  const secret = readFileSync(file, 'utf8').trimEnd();
  if (secret === '') throw new ConfigurationError([`${file} is empty: it must hold a secret.`]);
  return secret;
}
