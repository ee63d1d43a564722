import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import yaml from 'js-yaml';
import { type AdmissionFigures, planAdmission } from '../../../components/security/admission/plan.ts';

/** Where each rule has its Rego, its suite and the objects of its cases. */
export const RULES_FOLDER = fileURLToPath(new URL('../../../components/security/admission/rules', import.meta.url));

/** What the suites are judged under. */
export const SUITE_FIGURES: AdmissionFigures = {
  action: 'deny',
  namespaces: ['wedsync-cache', 'wedsync-redis'],
  redisNamespace: 'wedsync-redis',
  registries: ['docker.io/library/redis', 'wedsync.azurecr.io'],
  zones: 3,
  zone: 'Europe/London',
  busyDays: [],
  exemptUsers: [],
};

/**
 * Copies every rule's suite into `directory`, with the template and the constraint that the program would make beside it: what
 * `gator verify DIRECTORY/...` reads. A suite with constraints of its own keeps them.
 */
export function writeSuites(directory: string): void {
  cpSync(RULES_FOLDER, directory, { recursive: true });
  for (const { name, template, constraint } of planAdmission(SUITE_FIGURES)) {
    writeFileSync(join(directory, name, 'template.yaml'), yaml.dump(template));
    const own = join(directory, name, 'constraint.yaml');
    if (!existsSync(own)) writeFileSync(own, yaml.dump(constraint));
  }
}
