import type { TestResource, TestStack } from './resource.ts';

/** A copy of `stack` with `resources` in it, in the place of those with the same names; of two that are given, the later stays. */
export function withResources(stack: TestStack, resources: TestStack = []): TestStack {
  return [...new Map([...stack, ...resources].map((resource) => [resource.name, resource])).values()];
}

/** A copy of `stack` in which one field of one resource is `value`; `undefined` takes the field away. */
export function withField(stack: TestStack, name: string, path: string, value: unknown): TestStack {
  const found = stack.find((resource) => resource.name === name);
  if (!found)
    throw new Error(`The stack has no resource ${name}; it has ${stack.map((each) => each.name).join(', ')}.`);
  // structuredClone would keep what two places share, and one field would change in both.
  const copy = JSON.parse(JSON.stringify(found)) as TestResource;
  setField(copy.inputs, steps(path), value);
  return stack.map((resource) => (resource === found ? copy : resource));
}

/** `spec.containers[0].image` and `metadata.labels["a.b/c"]` as their steps. */
function steps(path: string): string[] {
  return [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, name]) => quoted ?? index ?? name ?? '',
  );
}

function setField(target: unknown, [step = '', ...rest]: string[], value: unknown): void {
  const members = target as Record<string, unknown>;
  if (rest.length > 0) {
    setField((members[step] ??= {}), rest, value);
  } else if (value === undefined) {
    delete members[step];
  } else {
    members[step] = value;
  }
}
