import { relative } from 'node:path';
import { hasUnknown, strip, type Diagnostic, type RunResult, type Violation } from '../../../local/engine/index.ts';
import { ROOT } from '../root.ts';
import type { Paint } from './paint.ts';
import { shown } from './shown.ts';

/** The packs that judged, then what they object to: a block a policy, mandatory ones first. */
export function drawPolicies({ policyPacks, violations, remediations }: RunResult, paint: Paint): string[] {
  const lines = policyPacks.flatMap(({ name, version, dir }) => {
    const own = violations.filter((violation) => violation.pack === name);
    const forbidden = own.some((violation) => violation.level === 'mandatory');
    const sign = forbidden ? paint('red', '✗') : paint('green', '✓');
    const changed = remediations.filter((remediation) => remediation.pack === name).length;
    return [
      `  ${sign} ${name}@v${version} (${relative(ROOT, dir) || '.'})${own.length === 0 ? ', no objection' : ''}`,
      ...(changed === 0 ? [] : [`      changed ${resourcesInWords(changed)} that had to be put right`]),
      ...drawViolations(own, paint),
    ];
  });
  return lines.length === 0 ? [] : [paint('bold', 'Policies:'), ...lines];
}

function drawViolations(violations: readonly Violation[], paint: Paint): string[] {
  const groups = Map.groupBy(violations, ({ level, policy }) => `${level} ${policy}`);
  const mandatoryFirst = [...groups].sort(([one], [other]) => (one < other ? 1 : -1));
  return mandatoryFirst.flatMap(([, group]) => {
    const [{ level, policy, description } = { level: '', policy: '', description: '' }] = group;
    const label = paint(level === 'mandatory' ? 'red' : 'yellow', `[${level}]`);
    return ['', `    ${label} ${policy}: ${description}`, ...group.flatMap((violation) => drawViolation(violation))];
  });
}

function drawViolation({ urn, message, description }: Violation): string[] {
  const [, , type = '', name = ''] = urn.split('::');
  // Pulumi's SDK puts the description before each message; the group says it once.
  const own = message.startsWith(`${description}\n`) ? message.slice(description.length + 1) : message;
  return [`      ${type.split('$').at(-1)} ${name}`, ...own.split('\n').map((line) => `        ${line}`)];
}

/** What the stack would export. */
export function drawOutputs({ outputs }: RunResult, paint: Paint): string[] {
  const entries = Object.entries(outputs);
  if (entries.length === 0) return [];
  const width = Math.max(...entries.map(([name]) => name.length));
  const value = (output: unknown): string => {
    const masked = strip(output, '[secret]');
    if (masked === '[secret]') return '[secret]';
    return hasUnknown(masked) ? '[known after the update]' : JSON.stringify(masked);
  };
  return [paint('bold', 'Outputs:'), ...entries.map(([name, output]) => `  ${name.padEnd(width)}  ${value(output)}`)];
}

/** What went wrong, or else is worth knowing. */
export function drawDiagnostics(diagnostics: readonly Diagnostic[], paint: Paint): string[] {
  const lines = diagnostics.flatMap(({ severity, message, stack, urn }) => {
    const label = severity === 'error' ? paint('red', 'error:') : paint('yellow', `${severity}:`);
    const about = urn === '' || message.includes(urn) ? [] : [`    ${urn}`];
    return [`  ${label} ${message}`, ...about, ...(stack === '' ? [] : [stack.replace(/^\n/, '')])];
  });
  return lines.length === 0 ? [] : [paint('bold', 'Diagnostics:'), ...lines];
}

/** How much would be created, and how long it took to find out. */
export function drawSummary({ resources, ok }: RunResult, milliseconds: number, paint: Paint): string[] {
  const visible = shown(resources);
  const reads = visible.filter((resource) => resource.external).length;
  return [
    paint('bold', 'Resources:'),
    `  ${paint('green', `+ ${visible.length - reads} to create`)}${reads === 0 ? '' : `, ${reads} to read`}`,
    '',
    `Duration: ${(milliseconds / 1000).toFixed(1)} s`,
    ok ? paint('green', 'An update is allowed.') : paint('red', 'An update is not allowed.'),
  ];
}

function resourcesInWords(count: number): string {
  return count === 1 ? '1 resource' : `${count} resources`;
}
