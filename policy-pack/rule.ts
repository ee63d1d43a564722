import type {
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from '@pulumi/policy';
import { objectsOf, type KubernetesObject } from './kubernetes/object.ts';
import { type Finding, messageOf } from './message.ts';
import type { JudgedResource } from './resource.ts';
import { Field } from './values/field.ts';
import { wireForm } from './values/wire.ts';

/**
 * One rule. Checks are pure: what they are given decides what they find. An object is judged when it is registered, before
 * anything is changed; a whole stack at the end of a preview, and once more at the end of an update.
 */
export interface Rule<Settings extends object = object> {
  readonly name: string;
  /** What the rule demands, in one sentence; heads each of its messages. */
  readonly description: string;
  readonly configSchema?: PolicyConfigSchema;
  readonly checkResource?: (resource: JudgedResource, settings: Settings) => Finding[] | Promise<Finding[]>;
  readonly checkObject?: (object: KubernetesObject, settings: Settings) => Finding[];
  readonly checkStack?: (objects: readonly KubernetesObject[], resources: readonly JudgedResource[]) => Finding[];
}

/** A rule as a mandatory CrossGuard policy. */
export function policyOf<Settings extends object>(
  rule: Rule<Settings>,
): ResourceValidationPolicy | StackValidationPolicy {
  const { name, description, configSchema, checkResource, checkObject, checkStack } = rule;
  return {
    name,
    description,
    enforcementLevel: 'mandatory',
    ...(configSchema && { configSchema }),
    ...((checkResource ?? checkObject) && {
      validateResource: async (args: ResourceValidationArgs, report: ReportViolation) => {
        const resource = judged(args);
        const settings = args.getConfig<Settings>();
        const findings = [
          ...((await checkResource?.(resource, settings)) ?? []),
          ...(checkObject ? objectsOf(resource).flatMap((object) => checkObject(object, settings)) : []),
        ];
        for (const finding of findings) report(messageOf(finding));
      },
    }),
    ...(checkStack && {
      validateStack: ({ resources }: StackValidationArgs, report: ReportViolation) => {
        const all = resources.map(judged);
        for (const finding of checkStack(all.flatMap(objectsOf), all)) report(messageOf(finding), finding.urn);
      },
    }),
  };
}

function judged({
  urn,
  type,
  name,
  props,
}: Pick<ResourceValidationArgs, 'urn' | 'type' | 'name' | 'props'>): JudgedResource {
  return { urn, type, name, properties: new Field(wireForm(props)) };
}
