import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags, type Span } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace';
import type { SpanAttributes, Trace, Tracer } from '../../ports/tracer.ts';

/** `<version>-<trace id>-<span id>-<flags>`, as W3C Trace Context has it. */
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** How the tracer is set. */
export interface OtlpTracerOptions {
  readonly service: string;
  readonly region: string;
  /** Where the spans go. */
  readonly exporter: SpanExporter;
  /** Share of the requests without a caller's decision that are traced, 0 to 1. */
  readonly share: number;
  /** A number from 0 up to 1, evenly drawn. */
  readonly random: () => number;
}

/** An exporter to an OpenTelemetry collector's base URL. */
export function otlpExporter(url: string): SpanExporter {
  return new OTLPTraceExporter({ url: `${url.replace(/\/+$/, '')}/v1/traces` });
}

/** Traces with OpenTelemetry. The context travels by hand, so that requests which are not traced pay nothing for it. */
export class OtlpTracer implements Tracer {
  readonly #options: OtlpTracerOptions;
  readonly #provider: TracerProvider;

  constructor(options: OtlpTracerOptions) {
    this.#options = options;
    this.#provider = new TracerProvider({
      resource: resourceFromAttributes({ 'service.name': options.service, 'cloud.region': options.region }),
      spanProcessors: [new BatchSpanProcessor({ exporter: options.exporter })],
    });
  }

  begin(name: string, parent: string | undefined): (Trace & { end(): void }) | undefined {
    const [, traceId, spanId, flags] = TRACEPARENT.exec(parent ?? '') ?? [];
    const told = traceId !== undefined && spanId !== undefined && flags !== undefined;
    const sampled = told
      ? (Number.parseInt(flags, 16) & TraceFlags.SAMPLED) !== 0
      : this.#options.random() < this.#options.share;
    if (!sampled) return undefined;
    const above = told
      ? trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true })
      : ROOT_CONTEXT;
    const tracer = this.#provider.getTracer('cache-engine');
    const span = tracer.startSpan(name, { kind: SpanKind.SERVER }, above);
    return Object.assign(new SpanTrace(span, this.#provider), { end: () => span.end() });
  }

  async close(): Promise<void> {
    await this.#provider.shutdown();
  }
}

class SpanTrace implements Trace {
  readonly #span: Span;
  readonly #provider: TracerProvider;

  constructor(span: Span, provider: TracerProvider) {
    this.#span = span;
    this.#provider = provider;
  }

  get id(): string {
    return this.#span.spanContext().traceId;
  }

  get parent(): string {
    const { traceId, spanId } = this.#span.spanContext();
    return `00-${traceId}-${spanId}-01`;
  }

  async span<Result>(
    name: string,
    work: (trace: Trace) => Promise<Result>,
    attributes: SpanAttributes = {},
  ): Promise<Result> {
    const below = trace.setSpan(ROOT_CONTEXT, this.#span);
    const span = this.#provider.getTracer('cache-engine').startSpan(name, { attributes }, below);
    try {
      return await work(new SpanTrace(span, this.#provider));
    } catch (error) {
      // The kind of failure, not its words: they may quote a request.
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'failed' });
      throw error;
    } finally {
      span.end();
    }
  }

  note(attributes: SpanAttributes): void {
    this.#span.setAttributes(attributes);
  }
}
