import type { AdmissionAction, Constraint, ConstraintTemplate } from './objects.ts';
import { regoOf } from './rego.ts';
import { ADMISSION_RULES, type AdmissionRule } from './rules.ts';

/** What the constraints are planned from. */
export interface AdmissionFigures {
  readonly action: AdmissionAction;
  /** The region's namespaces, that of Redis among them. */
  readonly namespaces: readonly string[];
  readonly redisNamespace: string;
  /** From where images may come: registries, paths in them or whole names. */
  readonly registries: readonly string[];
  /** Availability zones among the workers. */
  readonly zones: number;
  /** The time zone of the freeze. */
  readonly zone: string;
  /** Dates that are kept as Saturdays are. */
  readonly busyDays: readonly string[];
  /** Users whom the freeze does not hold: see `exemptUsers`. */
  readonly exemptUsers: readonly string[];
}

/** A rule as Gatekeeper takes it: the template, and the constraint that applies it. */
export interface PlannedRule {
  readonly name: string;
  readonly template: ConstraintTemplate;
  readonly constraint: Constraint;
}

/** The template is ready when Gatekeeper has made the definition of its constraints. */
const WAIT_FOR_DEFINITION = { 'pulumi.com/waitFor': 'jsonpath={.status.created}=true' };
const LABELS = { 'app.kubernetes.io/part-of': 'wedsync' };

/** Lays out every rule. */
export function planAdmission(figures: AdmissionFigures): PlannedRule[] {
  return ADMISSION_RULES.map((rule) => ({
    name: rule.name,
    template: templateOf(rule),
    constraint: constraintOf(rule, figures),
  }));
}

/** The template of a rule, with its Rego. */
export function templateOf(rule: AdmissionRule): ConstraintTemplate {
  const kind = kindOf(rule);
  return {
    apiVersion: 'templates.gatekeeper.sh/v1',
    kind: 'ConstraintTemplate',
    metadata: {
      // Gatekeeper takes no other name.
      name: kind.toLowerCase(),
      labels: LABELS,
      annotations: { description: rule.description, ...WAIT_FOR_DEFINITION },
    },
    spec: {
      crd: {
        spec: {
          names: { kind },
          validation: { openAPIV3Schema: { type: 'object', properties: rule.schema } },
        },
      },
      targets: [
        {
          target: 'admission.k8s.gatekeeper.sh',
          code: [{ engine: 'Rego', source: { version: 'v1', ...regoOf(rule.name) } }],
        },
      ],
    },
  };
}

/** The constraint of a rule. */
function constraintOf(rule: AdmissionRule, figures: AdmissionFigures): Constraint {
  return {
    apiVersion: 'constraints.gatekeeper.sh/v1beta1',
    kind: kindOf(rule),
    metadata: {
      name: `wedsync-${rule.name}`,
      labels: LABELS,
      annotations: { description: rule.description },
    },
    spec: {
      enforcementAction: figures.action,
      match: { kinds: rule.kinds, ...namespacesOf(rule, figures) },
      parameters: rule.parameters(figures),
    },
  };
}

/** `redis-topology` is the kind `WedsyncRedisTopology`. */
function kindOf({ name }: AdmissionRule): string {
  const words = name.split('-').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return `Wedsync${words.join('')}`;
}

function namespacesOf({ where }: AdmissionRule, { namespaces, redisNamespace }: AdmissionFigures) {
  switch (where) {
    case 'region':
      return { namespaces };
    case 'redis':
      return { namespaces: [redisNamespace] };
    case 'anywhere':
      return {};
  }
}
