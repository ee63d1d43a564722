import type { Field } from '../values/field.ts';

/** Labels of an object or a Pod. */
export type Labels = Readonly<Record<string, string>>;

/**
 * Whether the plain selector of a Service selects `labels`. An empty one selects nothing: its endpoints are made by hand. One
 * that is not known yet selects nothing yet.
 */
export function selects(selector: Field, labels: Labels): boolean {
  if (selector.uncertain) return false;
  const wanted = Object.entries(selector.texts());
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}

/**
 * Whether a label selector (`matchLabels`, `matchExpressions`) matches `labels`. An empty one matches everything, one that is
 * not known yet nothing yet.
 */
export function matches(selector: Field, labels: Labels): boolean {
  if (selector.uncertain) return false;
  const equal = Object.entries(selector.at('matchLabels').texts()).every(([key, value]) => labels[key] === value);
  return (
    equal &&
    selector
      .at('matchExpressions')
      .items()
      .every((expression) => holds(expression, labels))
  );
}

function holds(expression: Field, labels: Labels): boolean {
  const value = labels[expression.at('key').text ?? ''];
  const among = expression
    .at('values')
    .items()
    .some((item) => item.text === value);
  switch (expression.at('operator').text) {
    case 'In':
      return value !== undefined && among;
    case 'NotIn':
      return value === undefined || !among;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case undefined:
    default:
      return true;
  }
}
