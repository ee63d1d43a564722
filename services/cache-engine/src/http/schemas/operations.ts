import { Type } from 'typebox';

/** Answer of the liveness probe. */
export const LivenessSchema = Type.Object({ status: Type.Literal('ok') }, { title: 'Liveness' });

/** Answer of the readiness probe. */
export const ReadinessSchema = Type.Object(
  { status: Type.Enum(['starting', 'ready', 'draining']) },
  { title: 'Readiness' },
);

/** The metrics' answer. */
export const METRICS_RESPONSE = {
  description: 'the metrics',
  content: { 'text/plain': { schema: Type.String() }, 'application/openmetrics-text': { schema: Type.String() } },
};
