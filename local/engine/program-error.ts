import { stripVTControlCharacters } from 'node:util';
import type { Diagnostic } from './diagnostic.ts';

/** How the runtime introduces an error that a program or a policy pack did not catch. */
const UNHANDLED = /^(error: \[runtime\] )?Running program '.*' failed with an unhandled exception:\n/m;

/** An error that tells the user something, or a mistake that it locates itself; where it was thrown is of no interest. */
const FOR_USERS = /__pulumi(RunError|InputPropert(y|ies)Error): true|name: 'TransformError'/;

/** What an uncaught error says, and where it arose unless that is of no interest. */
export interface UnhandledError {
  readonly message: string;
  readonly stack: string;
}

/**
 * Finds the uncaught error in what the runtime wrote; undefined if there is none. The runtime writes the whole object as
 * `util.inspect` shows it: message, stack, then the fields in braces.
 */
export function findUnhandled(written: string): UnhandledError | undefined {
  const text = stripVTControlCharacters(written);
  const start = UNHANDLED.exec(text);
  if (start === null) return undefined;
  const error = text.slice(start.index + start[0].length).trim();
  const traceAt = error.search(/\n\s+at /);
  if (traceAt < 0) return { message: error, stack: '' };
  const forUsers = FOR_USERS.test(error);
  const message = error.slice(0, traceAt).replace(forUsers ? /^\w*Error(?: \[\w+\])?: / : /^Error: /, '');
  const path = /\bpropertyPath: (['"`])(.*)\1/.exec(error.slice(traceAt))?.[2];
  const named = path === undefined || message.includes(path) ? message : `${path}: ${message}`;
  return { message: named, stack: forUsers ? '' : error.slice(traceAt + 1) };
}

/** Makes one clear diagnostic of what the program's runtime logged. */
export function diagnosticOf(severity: Diagnostic['severity'], logged: string, urn: string): Diagnostic {
  const unhandled = severity === 'error' ? findUnhandled(logged) : undefined;
  return { severity, urn, ...(unhandled ?? { message: stripVTControlCharacters(logged).trim(), stack: '' }) };
}
