import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import yaml from 'js-yaml';
import { planAdmission } from '../../../../components/security/admission/plan.ts';
import { ADMISSION_RULES } from '../../../../components/security/admission/rules.ts';
import { RULES_FOLDER, SUITE_FIGURES } from '../../../cluster/admission/suites.ts';

interface Suite {
  readonly tests: readonly {
    readonly template: string;
    readonly constraint: string;
    readonly cases: readonly Case[];
  }[];
}
interface Case {
  readonly name: string;
  readonly object: string;
  readonly assertions: readonly { readonly violations: number | 'no'; readonly message?: string }[];
}

const read = (...names: string[]) => readFileSync(join(RULES_FOLDER, ...names), 'utf8');
const suiteOf = (rule: string) => yaml.load(read(rule, 'suite.yaml')) as Suite;
const casesOf = (rule: string) => suiteOf(rule).tests.flatMap(({ cases }) => cases);
const planned = planAdmission(SUITE_FIGURES);

// `npm run test:cluster` has Gatekeeper's own `gator` judge the suites; here they are looked at.
describe('the rules at admission', () => {
  it('are one folder each', () => {
    const folders = readdirSync(RULES_FOLDER).sort();
    assert.deepEqual(folders, ADMISSION_RULES.map(({ name }) => name).sort());
  });

  for (const { name } of ADMISSION_RULES) {
    it(`${name} has a suite with objects that it refuses, in which words, and objects that it lets pass`, () => {
      const cases = casesOf(name);
      const refused = cases.filter(({ assertions }) => assertions.some(({ violations }) => violations !== 'no'));
      assert.ok(refused.length > 0 && refused.length < cases.length);
      for (const { name: said, assertions } of refused)
        assert.ok(
          assertions.every(({ violations, message }) => violations === 1 && message !== undefined),
          said,
        );
    });

    it(`${name} leaves no object of its suite unused, and uses none that is not there`, () => {
      const named = casesOf(name).map(({ object }) => object.replace('cases/', ''));
      assert.deepEqual([...new Set(named)].sort(), readdirSync(join(RULES_FOLDER, name, 'cases')).sort());
    });
  }
});

describe("Gatekeeper's objects", () => {
  it('carry the Rego of their rule, and what it imports', () => {
    for (const { name, template } of planned) {
      const [target] = template.spec.targets;
      const source = target?.code[0]?.source;
      assert.equal(source?.rego, read(name, 'rule.rego'));
      const packages = source.libs.map((lib) => /^package (\S+)$/m.exec(lib)?.[1]);
      const imports = [...source.rego.matchAll(/^import data\.(\S+)$/gm)].map(([, imported]) => imported);
      assert.deepEqual(packages.sort(), imports.sort());
      assert.equal(template.metadata.name, template.spec.crd.spec.names.kind.toLowerCase());
    }
  });

  it('give a rule the parameters that it declares and reads', () => {
    for (const { name, template, constraint } of planned) {
      const declared = Object.keys(template.spec.crd.spec.validation.openAPIV3Schema.properties);
      const rego = read(name, 'rule.rego');
      assert.ok(
        declared.every((parameter) => rego.includes(`parameters.${parameter}`)),
        name,
      );
      const given = Object.keys(constraint.spec.parameters);
      assert.deepEqual(
        given,
        declared.filter((parameter) => parameter !== 'at'),
      );
      assert.equal(constraint.kind, template.spec.crd.spec.names.kind);
    }
  });

  it('judge what lies in the region, and rights wherever they lie', () => {
    const unbound = planned.filter(({ constraint }) => constraint.spec.match.namespaces === undefined);
    assert.deepEqual(
      unbound.map(({ name }) => name),
      ['no-wildcard-rbac'],
    );
  });

  it('leave Pods, ReplicaSets and claims alone in a freeze', () => {
    const freeze = planned.find(({ name }) => name === 'saturday-freeze');
    const kinds = freeze?.constraint.spec.match.kinds.flatMap((each) => each.kinds) ?? [];
    assert.ok(kinds.includes('Deployment'));
    for (const kind of ['Pod', 'ReplicaSet', 'PersistentVolumeClaim', 'Lease', 'Event', 'EndpointSlice'])
      assert.equal(kinds.includes(kind), false, kind);
  });
});
