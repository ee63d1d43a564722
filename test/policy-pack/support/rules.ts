import { stackRules } from '../../../policy-pack/all-rules.ts';
import { objectsOf } from '../../../policy-pack/kubernetes/object.ts';
import { messageOf } from '../../../policy-pack/message.ts';
import { judgedStack } from './objects.ts';
import type { TestStack } from './resource.ts';
import { WEDNESDAY } from './wednesday.ts';

/** All rules but the freeze, on a Wednesday in the wedding season. */
export const RULES = stackRules(() => ({ now: Date.parse(WEDNESDAY), asked: undefined }));

/** An objection of one of the rules. */
export interface Objection {
  readonly rule: string;
  readonly message: string;
}

/** Everything that all rules say of a stack, asked without the process in which the pack runs. */
export async function judgeAll(stack: TestStack): Promise<Objection[]> {
  const resources = judgedStack(stack);
  const objects = resources.flatMap(objectsOf);
  const found = RULES.map(async ({ name, checkResource, checkObject, checkStack }) => {
    const singly = await Promise.all(resources.map(async (resource) => (await checkResource?.(resource, {})) ?? []));
    const findings = [
      ...singly.flat(),
      ...objects.flatMap((object) => checkObject?.(object, {}) ?? []),
      ...(checkStack?.(objects, resources, {}) ?? []),
    ];
    return findings.map((finding) => ({ rule: name, message: messageOf(finding) }));
  });
  return (await Promise.all(found)).flat();
}
