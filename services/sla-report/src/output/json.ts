import { Value } from 'typebox/value';
import { REPORT, type Report } from '../schema.ts';
import { SlaError } from '../sla-error.ts';

/** report.json. */
export function reportJson(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

/** @throws SlaError naming `where` the text comes from and what is not as this version's schema says. */
export function parseReport(text: string, where: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new SlaError(`${where} is no JSON: ${(error as Error).message}.`);
  }
  if (Value.Check(REPORT, value)) return value;
  const [first] = Value.Errors(REPORT, value);
  throw new SlaError(`${where} is no report of this version: ${first?.instancePath ?? ''} ${first?.message ?? ''}.`);
}
