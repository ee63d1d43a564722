import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { ApiObject } from '../api/objects.ts';

interface Template extends ApiObject {
  readonly spec: {
    readonly crd: {
      readonly spec: {
        readonly names: { readonly kind: string };
        readonly validation?: { readonly openAPIV3Schema?: object };
      };
    };
  };
}

interface MatchDefinition {
  readonly spec: {
    readonly versions: readonly [
      { readonly schema: { readonly openAPIV3Schema: { readonly properties: { readonly embeddedMatch: object } } } },
    ];
  };
}

const GROUP = 'constraints.gatekeeper.sh';

/** What Gatekeeper's controller makes of ConstraintTemplates: the definitions of their constraints. It does not run here. */
export function constraintDefinitions(objects: readonly ApiObject[]): ApiObject[] {
  const templates = objects.filter(({ kind }) => kind === 'ConstraintTemplate') as Template[];
  return templates.map(({ spec: { crd } }) => definition(crd.spec.names.kind, crd.spec.validation?.openAPIV3Schema));
}

function definition(kind: string, parameters: object = { type: 'object' }): ApiObject {
  const plural = kind.toLowerCase();
  const spec = {
    type: 'object',
    properties: {
      enforcementAction: { type: 'string' },
      match: matchSchema(),
      parameters,
    },
  };
  const openAPIV3Schema = {
    type: 'object',
    properties: {
      metadata: { type: 'object', properties: { name: { type: 'string', maxLength: 63 } } },
      spec,
      status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    },
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${GROUP}` },
    spec: {
      group: GROUP,
      names: { kind, listKind: `${kind}List`, plural, singular: plural, categories: ['constraint', 'constraints'] },
      scope: 'Cluster',
      versions: [
        { name: 'v1beta1', served: true, storage: true, schema: { openAPIV3Schema }, subresources: { status: {} } },
      ],
    },
  };
}

/** Gatekeeper's own schema of what a constraint applies to. */
function matchSchema(): object {
  const file = join(
    process.env['WEDSYNC_CLUSTER_DEFINITIONS'] ?? '',
    'gatekeeper',
    'match.gatekeeper.sh_matchcrd.yaml',
  );
  const { spec } = load(readFileSync(file, 'utf8')) as MatchDefinition;
  return spec.versions[0].schema.openAPIV3Schema.properties.embeddedMatch;
}
