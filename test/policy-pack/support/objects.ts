import { objectsOf, type KubernetesObject } from '../../../policy-pack/kubernetes/object.ts';
import { type Finding, messageOf } from '../../../policy-pack/message.ts';
import type { JudgedResource } from '../../../policy-pack/resource.ts';
import { Field } from '../../../policy-pack/values/field.ts';
import { goodStack } from '../good-stack.ts';
import { withField } from './edit.ts';
import type { TestResource, TestStack } from './resource.ts';

/** A resource as the rules see it. */
export function judged(resource: TestResource): JudgedResource {
  return judgedAmong(resource, [resource]);
}

/** All resources of a stack as the rules see them when they judge it whole. */
export function judgedStack(stack: TestStack): JudgedResource[] {
  return stack.map((resource) => judgedAmong(resource, stack));
}

function judgedAmong({ type, name, inputs, sources = {} }: TestResource, stack: TestStack): JudgedResource {
  const urns = Object.entries(sources).map(([key, names]) => [
    key,
    stack.filter((each) => names.includes(each.name)).map(urnOf),
  ]);
  return {
    urn: urnOf({ type, name }),
    type,
    name,
    properties: new Field(inputs),
    sources: Object.fromEntries(urns) as Record<string, string[]>,
  };
}

function urnOf({ type, name }: Pick<TestResource, 'type' | 'name'>): string {
  return `urn:pulumi:uk-south::wedsync::${type}::${name}`;
}

/** The Kubernetes objects of a stack as the rules see them. */
export function objectsIn(stack: TestStack): KubernetesObject[] {
  return judgedStack(stack).flatMap(objectsOf);
}

/** What a check of single objects says about the good stack after one change. */
export function saidOfOne(
  check: (object: KubernetesObject) => Finding[],
  ...[resource, field, value]: [resource: string, field: string, value: unknown]
): string[] {
  return objectsIn(withField(goodStack(), resource, field, value))
    .flatMap(check)
    .map(messageOf);
}

/** What a check of whole stacks says about the good stack after one change. */
export function saidOfAll(
  check: (objects: readonly KubernetesObject[]) => Finding[],
  ...[resource, field, value]: [resource: string, field: string, value: unknown]
): string[] {
  return check(objectsIn(withField(goodStack(), resource, field, value))).map(messageOf);
}
