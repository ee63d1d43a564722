/** Reads a password from standard input and writes how it stands in the accounts file. */
import { text } from 'node:stream/consumers';
import { hashOfPassword } from './sign-in/secrets.ts';

/** Shorter ones are guessed even so (NIST SP 800-63B, 3.1.1.2). */
const SHORTEST = 12;

const password = (await text(process.stdin)).replace(/\r?\n$/, '');
if (password.length < SHORTEST) {
  process.stderr.write(`The password has ${password.length} characters; it needs ${SHORTEST} at least.\n`);
  process.exitCode = 1;
} else process.stdout.write(`${await hashOfPassword(password)}\n`);
