import { CertificateSpecError } from './errors.ts';

const UNITS_MS: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

/**
 * Milliseconds of a Go duration such as `2160h` or `1h30m`.
 * @param field where it stands, for the message
 * @throws CertificateSpecError for anything else
 */
export function parseDuration(text: string, field: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
    throw new CertificateSpecError(`${field} is "${text}"; a duration in hours, minutes, seconds is expected: 2160h.`);
  }
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS_MS[unit ?? ''] ?? 0), 0);
}
