import type {
  PolicyConfigSchema,
  PolicyResource,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from '@pulumi/policy';
import { objectsOf, type KubernetesObject } from './kubernetes/object.ts';
import { type Finding, messageOf } from './message.ts';
import { applyRemedies, type Remedy } from './remedy.ts';
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
  readonly checkStack?: (
    objects: readonly KubernetesObject[],
    resources: readonly JudgedResource[],
    settings: Settings,
  ) => Finding[];
  /**
   * What mends a resource, where that is safe: labels, and flags that switch encryption on. Only asked for where a stack sets the rule's
   * level to `remediate`; what it cannot mend is refused as ever.
   */
  readonly remedies?: (resource: JudgedResource, settings: Settings) => Remedy[];
}

/** A rule as a mandatory CrossGuard policy. */
export function policyOf<Settings extends object>(
  rule: Rule<Settings>,
): ResourceValidationPolicy | StackValidationPolicy {
  const { name, description, configSchema, checkResource, checkObject, checkStack, remedies } = rule;
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
      validateStack: (args: StackValidationArgs, report: ReportViolation) => {
        const all = args.resources.map(judged);
        const settings = args.getConfig<Settings>();
        for (const finding of checkStack(all.flatMap(objectsOf), all, settings))
          report(messageOf(finding), finding.urn);
      },
    }),
    ...(remedies && {
      remediateResource: (args: ResourceValidationArgs) =>
        applyRemedies(args.props, remedies(judged(args), args.getConfig<Settings>())),
    }),
  };
}

function judged({
  urn,
  type,
  name,
  props,
  propertyDependencies,
}: Pick<PolicyResource, 'urn' | 'type' | 'name' | 'props'> & Partial<PolicyResource>): JudgedResource {
  const sources =
    propertyDependencies &&
    Object.fromEntries(Object.entries(propertyDependencies).map(([key, from]) => [key, from.map((each) => each.urn)]));
  return { urn, type, name, properties: new Field(wireForm(props)), sources };
}
