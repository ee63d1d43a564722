import type { KubernetesObject } from '../kubernetes/object.ts';
import { type Finding, hiddenObjection } from '../message.ts';
import type { Field } from '../values/field.ts';
import { isLiteral, isSecretName, secretLine } from './credentials.ts';
import { reasonOf } from './reason.ts';

const MOVE = 'Move it to a Secret.';

/** Secrets in a ConfigMap: a value by its name, a line of a file by its name, or anything by its form. */
export function checkConfigMap({ title, fields }: KubernetesObject): Finding[] {
  return ['data', 'binaryData']
    .map((part) => fields.at(part))
    .flatMap((part) => [
      ...refuse(title, part, part.ownSecret ? reasonOf(part) : undefined),
      ...part.entries().flatMap(([key, field]) => refuse(title, field, reasonOfEntry(key, field))),
    ]);
}

function refuse(title: string, field: Field, reason: string | undefined): Finding[] {
  return reason === undefined
    ? []
    : [hiddenObjection(title, field, `${reason}, and a ConfigMap is no place for secrets.`, MOVE)];
}

function reasonOfEntry(key: string, field: Field): string | undefined {
  const text = field.text ?? '';
  if (isSecretName(key) && isLiteral(text)) return `${key} is a secret`;
  const found = secretLine(text);
  return found ? `Line ${found.line} sets ${found.name}` : reasonOf(field);
}

/** Values of a Secret that Pulumi does not keep secret, so that they stand in the clear in its state and its output. */
export function checkSecret({ title, fields }: KubernetesObject): Finding[] {
  return ['data', 'stringData']
    .flatMap((part) => fields.at(part).leaves())
    .filter((leaf) => !leaf.secret && leaf.text !== undefined && leaf.text !== '')
    .map((leaf) =>
      hiddenObjection(
        title,
        leaf,
        "Pulumi does not keep it secret, so it stands in the clear in the stack's state.",
        'Wrap it in pulumi.secret(), or take it from secret configuration or @pulumi/random.',
      ),
    );
}
