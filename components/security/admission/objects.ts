/** The shapes of Gatekeeper's objects that the region makes (templates.gatekeeper.sh/v1, constraints.gatekeeper.sh/v1beta1). */

/** A schema of the parameters of a constraint, in OpenAPI 3. */
export type Schema =
  | { readonly type: 'string' | 'integer'; readonly description: string }
  | { readonly type: 'array'; readonly description: string; readonly items: { readonly type: 'string' } };

/** A rule, from which Gatekeeper makes a kind of constraints. */
export interface ConstraintTemplate {
  readonly apiVersion: 'templates.gatekeeper.sh/v1';
  readonly kind: 'ConstraintTemplate';
  readonly metadata: Metadata;
  readonly spec: {
    readonly crd: {
      readonly spec: {
        readonly names: { readonly kind: string };
        readonly validation: {
          readonly openAPIV3Schema: {
            readonly type: 'object';
            readonly properties: Readonly<Record<string, Schema>>;
          };
        };
      };
    };
    readonly targets: readonly {
      readonly target: 'admission.k8s.gatekeeper.sh';
      readonly code: readonly {
        readonly engine: 'Rego';
        readonly source: { readonly version: 'v1'; readonly rego: string; readonly libs: readonly string[] };
      }[];
    }[];
  };
}

/** What a constraint does with an object that breaks its rule: refuse it, warn who sent it, or only note it in its status. */
export const ADMISSION_ACTIONS = ['deny', 'warn', 'dryrun'] as const;
export type AdmissionAction = (typeof ADMISSION_ACTIONS)[number];

/** Kinds of objects, by their API groups; the core group is ''. */
export interface Kinds {
  readonly apiGroups: readonly string[];
  readonly kinds: readonly string[];
}

export type Parameter = string | number | readonly string[];

/** A rule applied to some objects, with its parameters. */
export interface Constraint {
  readonly apiVersion: 'constraints.gatekeeper.sh/v1beta1';
  readonly kind: string;
  readonly metadata: Metadata;
  readonly spec: {
    readonly enforcementAction: AdmissionAction;
    readonly match: { readonly kinds: readonly Kinds[]; readonly namespaces?: readonly string[] };
    readonly parameters: Readonly<Record<string, Parameter>>;
  };
}

interface Metadata {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}
