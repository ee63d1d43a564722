import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi';
import { TypedResource } from '../../shared/typed-resource.ts';
import type { Constraint, ConstraintTemplate } from './objects.ts';
import { type AdmissionFigures, planAdmission } from './plan.ts';

/** The policy pack's rules once more, at admission: for what reaches the API server by another way than through the pack. */
export class Admission extends ComponentResource {
  constructor(name: string, figures: AdmissionFigures, options?: ComponentResourceOptions) {
    super('wedsync:security:Admission', name, {}, options);
    for (const rule of planAdmission(figures)) {
      const template = new TypedResource<ConstraintTemplate>(`${rule.name}-rule`, rule.template, { parent: this });
      new TypedResource<Constraint>(rule.name, rule.constraint, { parent: this, dependsOn: template });
    }
    this.registerOutputs({});
  }
}
