import { readFileSync } from 'node:fs';
import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { messageOf, UserError } from '../errors.ts';

/** Without timestamps: a date in a stack file is configuration text, not an instant in some zone. */
const SCHEMA = CORE_SCHEMA;

/** Reads a YAML file; an empty one counts as an empty map. Throws a UserError with file, line and reason. */
export function readYaml(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(`${file} can't be read: ${messageOf(error)}.`);
  }
  try {
    return load(text, { schema: SCHEMA }) ?? {};
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const mark = error.mark as { line: number; column: number } | undefined;
    const where = mark ? `:${mark.line + 1}:${mark.column + 1}` : '';
    throw new UserError(`${file}${where} is not valid YAML: ${error.reason}.`);
  }
}
