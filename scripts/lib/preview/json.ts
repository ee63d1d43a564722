import { strip, type RunResult } from '../../../local/engine/index.ts';
import { shown } from './shown.ts';

const MASK = '[secret]';

/**
 * `{resources: [{urn, type, inputs, dependencies, parent}], violations: [{policy, level, urn, message}]}`, both by URN.
 * Secrets are masked; unknown values are the string that Pulumi's own JSON has in their place.
 */
export function asJson({ resources, violations }: RunResult): string {
  const document = {
    resources: shown(resources)
      .map(({ urn, type, inputs, dependencies, parent }) => ({
        urn,
        type,
        inputs: strip(inputs, MASK),
        dependencies,
        parent: parent === '' ? null : parent,
      }))
      .sort(byUrn),
    violations: violations.map(({ policy, level, urn, message }) => ({ policy, level, urn, message })).sort(byUrn),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function byUrn(one: { urn: string; policy?: string }, other: { urn: string; policy?: string }): number {
  const [left, right] = [one, other].map(({ urn, policy = '' }) => `${urn} ${policy}`);
  return left === right ? 0 : (left ?? '') < (right ?? '') ? -1 : 1;
}
