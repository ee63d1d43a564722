import type { Diagnostic, Violation } from '../engine/index.ts';

/** The program itself says that it cannot go on. */
export class ProgramFailedError extends Error {
  readonly code = 'PROGRAM_FAILED';
  override readonly name = 'ProgramFailedError';

  constructor(diagnostics: readonly Diagnostic[]) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    super(errors.join('\n'));
  }
}

/** A mandatory policy refuses the stack; nothing was started. */
export class PolicyViolationsError extends Error {
  readonly code = 'POLICY_VIOLATIONS';
  override readonly name = 'PolicyViolationsError';

  constructor(violations: readonly Violation[]) {
    const mandatory = violations.filter(({ level }) => level === 'mandatory');
    const lines = mandatory.map(({ policy, message }) => `  ${policy}: ${message}`);
    super(`The policies refuse this stack, so nothing was started:\n${lines.join('\n')}`);
  }
}
