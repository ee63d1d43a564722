import type { KubernetesObject } from '../kubernetes/object.ts';
import { podOf } from '../kubernetes/pod.ts';
import { type Finding, objection } from '../message.ts';
import type { Rule } from '../rule.ts';
import type { Field } from '../values/field.ts';

const DIRECTIONS = ['Ingress', 'Egress'] as const;
const FIX = 'Add a NetworkPolicy with an empty podSelector, policyTypes Ingress and Egress, and no rules.';

/** A namespace that is not known yet; it may be any. */
const SOMEWHERE = '?';

/** Triggered by namespaces that the stack makes, and by those into which it puts Pods. */
export function checkNamespaces(objects: readonly KubernetesObject[]): Finding[] {
  const closed = new Map(DIRECTIONS.map((direction) => [direction, namespacesClosed(objects, direction)]));
  return [...firstUseOf(objects)].flatMap(([namespace, object]) => {
    const open = DIRECTIONS.filter(
      (direction) => !closed.get(direction)?.has(namespace) && !closed.get(direction)?.has(SOMEWHERE),
    );
    if (open.length === 0) return [];
    return [
      {
        ...objection(
          object.title,
          object.kind === 'Namespace'
            ? object.fields.at('metadata', 'name')
            : object.fields.at('metadata', 'namespace'),
          `No policy of the namespace ${namespace} refuses what nobody allowed (${open.join(' and ')}), so everything passes.`,
          FIX,
        ),
        urn: object.urn,
      },
    ];
  });
}

/** Each namespace that the stack makes or uses, with the object that is to blame. */
function firstUseOf(objects: readonly KubernetesObject[]): Map<string, KubernetesObject> {
  const made = objects.filter(({ kind, group }) => kind === 'Namespace' && group === 'core');
  const used = objects.filter((object) => podOf(object) !== undefined && object.kind !== 'PodTemplate');
  return new Map([
    ...used.map((object) => [object.namespace, object] as const).reverse(),
    ...made.map((object) => [object.name, object] as const),
  ]);
}

function namespacesClosed(objects: readonly KubernetesObject[], direction: (typeof DIRECTIONS)[number]): Set<string> {
  return new Set(
    objects
      .filter(({ kind, fields }) => kind === 'NetworkPolicy' && refusesAll(fields.at('spec'), direction))
      .map(({ namespace, fields }) => (fields.at('metadata', 'namespace').unknown ? SOMEWHERE : namespace)),
  );
}

/** Whether a policy's spec selects every Pod and lets nothing through in a direction. What is not known yet is given the benefit. */
function refusesAll(spec: Field, direction: (typeof DIRECTIONS)[number]): boolean {
  const selector = spec.at('podSelector');
  const types = spec.at('policyTypes');
  const named = types.items().some((type) => type.unknown || type.is(direction));
  const rules = spec.at(direction.toLowerCase());
  return (
    (spec.unknown ||
      selector.unknown ||
      selector.leaves().every((leaf) => leaf === selector || leaf.unknown || isEmpty(leaf))) &&
    (spec.unknown || types.unknown || named) &&
    (rules.unknown || rules.items().length === 0)
  );
}

/** An empty list or an empty map. */
function isEmpty(field: Field): boolean {
  return typeof field.value === 'object';
}

export const defaultDeny: Rule = {
  name: 'default-deny',
  description: 'In every namespace, network traffic that nobody allowed is refused.',
  checkStack: checkNamespaces,
};
