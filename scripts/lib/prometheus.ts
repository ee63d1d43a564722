import { PrometheusClient } from '@wedsync/service-kit/prometheus-client';
import { authoritiesWith, secureFetch } from '@wedsync/service-kit/secure-fetch';
import { pathOf } from './path-of.ts';
import { UsageError } from './usage.ts';

/** Milliseconds to wait for an answer: a week of every objective takes less than a second. */
const PATIENCE = 60_000;

/** What a command line says of a Prometheus. */
export interface PrometheusAddress {
  readonly url: string;
  /** A file with the authority (PEM) that signed its certificate, beside the public ones. */
  readonly caFile: string | undefined;
}

/** The lines of a help text on the two options, whose descriptions begin in this column. */
export function prometheusHelp(column: number): string {
  const line = (option: string, text: string) =>
    option.length <= column - 3 ? `  ${option.padEnd(column - 2)}${text}` : `  ${option}\n${' '.repeat(column)}${text}`;
  return [
    line('--prometheus URL', "the region's Prometheus, such as https://localhost:9090 behind kubectl port-forward"),
    line(
      '--prometheus-ca FILE',
      'the authority that signed its certificate, in PEM (key ca.crt of its Secret prometheus-tls)',
    ),
  ].join('\n');
}

/** @throws UsageError naming what is wrong, and what is allowed. */
export function prometheusAddress(url: string, caFile: string | undefined): PrometheusAddress {
  const protocol = URL.parse(url)?.protocol ?? '';
  if (!['http:', 'https:'].includes(protocol))
    throw new UsageError(`--prometheus is "${url}". Allowed: an http or https URL.`);
  if (caFile !== undefined && protocol === 'http:')
    throw new UsageError(
      '--prometheus-ca is for an https URL, and --prometheus is http: leave one or change the other.',
    );
  return { url, caFile: caFile === undefined ? undefined : pathOf(caFile) };
}

/** @throws UsageError where the authority cannot be read */
export function prometheusClient({ url, caFile }: PrometheusAddress, signal: AbortSignal): PrometheusClient {
  return new PrometheusClient({
    ...{ url, signal, patience: PATIENCE },
    fetch: caFile === undefined ? undefined : secureFetch(authoritiesIn(caFile)),
  });
}

function authoritiesIn(caFile: string): () => readonly string[] {
  try {
    return authoritiesWith(caFile);
  } catch (error) {
    throw new UsageError(`--prometheus-ca is ${caFile}, which cannot be read: ${(error as Error).message}`);
  }
}
