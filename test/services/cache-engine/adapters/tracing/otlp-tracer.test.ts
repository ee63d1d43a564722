import assert from 'node:assert/strict';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import {
  OtlpTracer,
  type OtlpTracerOptions,
} from '../../../../../services/cache-engine/src/adapters/tracing/otlp-tracer.ts';
import type { AnswerPart, CallOptions } from '../../../../../services/cache-engine/src/ports/origin.ts';
import { OriginError } from '../../../../../services/cache-engine/src/ports/origin.ts';
import type { Question } from '../../../../../services/cache-engine/src/engine/question.ts';
import type { Completion } from '../../../../../services/cache-engine/src/engine/completion.ts';
import { wordings } from '../../engine/semantic/support.ts';
import { TestClock, TestOrigin } from '../../support/doubles.ts';
import { startEngine, type TestEngine } from '../../support/engine.ts';
import { completion } from '../../support/questions.ts';

const CALLER = { trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7' };
const SAMPLED = `00-${CALLER.trace}-${CALLER.span}-01`;
const UNSAMPLED = `00-${CALLER.trace}-${CALLER.span}-00`;

/** Keeps the spans that it is given. */
class KeepingExporter implements SpanExporter {
  readonly spans: ReadableSpan[] = [];

  export(spans: ReadableSpan[], done: Parameters<SpanExporter['export']>[1]): void {
    this.spans.push(...spans);
    done({ code: 0 });
  }

  async shutdown(): Promise<void> {}

  async forceFlush(): Promise<void> {}
}

/** An origin that notes the traceparent of each call. */
class TracedOrigin extends TestOrigin {
  readonly traceparents: (string | undefined)[] = [];

  override ask(
    question: Question,
    signal: AbortSignal,
    onPart?: (part: AnswerPart) => void,
    options?: CallOptions,
  ): Promise<Completion> {
    this.traceparents.push(options?.traceparent);
    return super.ask(question, signal, onPart);
  }
}

describe('the tracer', () => {
  let exporter: KeepingExporter;
  let origin: TracedOrigin;
  let engine: TestEngine;
  let tracer: OtlpTracer;
  let key: string;
  const tracerWith = (changes: Partial<OtlpTracerOptions> = {}) =>
    new OtlpTracer({ service: 'cache-engine', region: 'uk-south', exporter, share: 0, random: () => 0.5, ...changes });
  const ask = async (traceparent?: string, content = 'When is sunset?') => {
    const response = await fetch(`${engine.url}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${key}`,
        ...(traceparent === undefined ? {} : { traceparent }),
      },
      body: JSON.stringify({
        model: 'a-model',
        messages: [{ role: 'user', content }],
        metadata: { weddingId: 'the-wedding', coupleId: 'the-couple', weddingDate: '2026-06-13', tags: 'the-tag' },
      }),
    });
    return [response.status, await response.text()];
  };
  /** All spans, once the tracer has handed them over. */
  const spans = async () => {
    await tracer.close();
    return exporter.spans;
  };

  beforeEach(async () => {
    exporter = new KeepingExporter();
    origin = new TracedOrigin(async () => completion('At 21:20.'));
    tracer = tracerWith();
    engine = await startEngine({ clock: new TestClock('2026-05-01T10:00:00Z'), origin, tracer, semantic: wordings() });
    key = await engine.keyFor('the-vendor');
  });
  afterEach(() => engine.close());

  it('shows a request step by step, each step below it', async () => {
    await ask(SAMPLED);
    const all = await spans();
    const root = all.find(({ name }) => name === 'chat');
    assert.ok(root);
    const below = all.filter((span) => span !== root);
    assert.deepEqual(
      new Set(below.map(({ name }) => name)),
      new Set(['look up', 'compare wording', 'embed', 'resolve wording', 'origin', 'store']),
    );
    for (const { parentSpanContext, name } of below)
      assert.equal(parentSpanContext?.spanId, root.spanContext().spanId, name);
    assert.equal(root.attributes['cache.source'], 'miss');
    assert.equal(root.attributes['http.response.status_code'], 200);
    assert.deepEqual(
      [root.resource.attributes['service.name'], root.resource.attributes['cloud.region']],
      ['cache-engine', 'uk-south'],
    );
  });

  it('shows a hit as the one step that it is', async () => {
    await ask();
    await ask(SAMPLED);
    const all = await spans();
    assert.deepEqual(
      all.map(({ name, attributes }) => [name, attributes['cache.source']]),
      [['chat', 'hot']],
    );
  });

  it('goes on with the caller’s trace, and passes it on to the origin', async () => {
    await ask(SAMPLED);
    const all = await spans();
    assert.deepEqual(new Set(all.map((span) => span.spanContext().traceId)), new Set([CALLER.trace]));
    const root = all.find(({ name }) => name === 'chat');
    assert.equal(root?.parentSpanContext?.spanId, CALLER.span);
    const called = all.find(({ name }) => name === 'origin');
    assert.deepEqual(origin.traceparents, [`00-${CALLER.trace}-${called?.spanContext().spanId}-01`]);
  });

  it('says nothing of who asks what', async () => {
    await ask(SAMPLED);
    origin.reply = () => Promise.reject(new OriginError('refused', 'Your text on the-wedding is too long'));
    await ask(SAMPLED, 'Is there a moon over the-wedding?');
    const told = JSON.stringify(
      (await spans()).map(({ name, attributes, events, links, status, resource }) => [
        ...[name, attributes, events, links, status, resource.attributes],
      ]),
    );
    for (const secret of ['sunset', 'moon', '21:20', 'the-vendor', 'the-wedding', 'the-couple', 'the-tag', key])
      assert.ok(!told.includes(secret), `${secret} in ${told}`);
  });

  it('marks what failed, with the kind of failure only', async () => {
    origin.reply = () => Promise.reject(new OriginError('unavailable', 'down'));
    await ask(SAMPLED);
    const all = await spans();
    assert.deepEqual(all.find(({ name }) => name === 'origin')?.status, { code: 2, message: 'OriginError' });
    assert.equal(all.find(({ name }) => name === 'chat')?.attributes['http.response.status_code'], 502);
  });

  it('makes no spans of requests that are not traced, and passes no trace on', async () => {
    await ask();
    await ask(UNSAMPLED, 'When is sunrise?');
    assert.deepEqual(await spans(), []);
    assert.deepEqual(origin.traceparents, ['', '']);
  });

  it('makes no spans of probes and scrapes, however they are marked', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics'])
      await fetch(engine.url + path, { headers: { traceparent: SAMPLED } });
    assert.deepEqual(await spans(), []);
  });

  it('draws a share of the requests whose callers leave it open', () => {
    let draw = 0;
    tracer = tracerWith({ share: 0.25, random: () => draw });
    const traced = [0, 0.24, 0.25, 0.9].map((next) => ((draw = next), tracer.begin('chat', undefined) !== undefined));
    assert.deepEqual(traced, [true, true, false, false]);
  });

  for (const parent of ['', 'nonsense', SAMPLED.toUpperCase(), `${SAMPLED}-more`, SAMPLED.replace(/^00/, 'ff')]) {
    it(`takes "${parent}" for no decision of the caller`, () => {
      assert.equal(tracer.begin('chat', parent), undefined);
      const one = tracerWith({ share: 1 }).begin('chat', parent);
      assert.match(one?.id ?? '', /^[0-9a-f]{32}$/);
      assert.notEqual(one?.id, CALLER.trace);
    });
  }

  it('begins a trace of its own where the caller’s is none', () => {
    const none = tracer.begin('chat', `00-${'0'.repeat(32)}-${CALLER.span}-01`);
    assert.notEqual(none?.id, '0'.repeat(32));
  });

  it('is named by the slow answers in the metrics, for who reads OpenMetrics', async () => {
    await ask(SAMPLED);
    await ask(undefined, 'When is sunrise?');
    const scrape = async (accept: string) => (await fetch(`${engine.url}/metrics`, { headers: { accept } })).text();
    const open = await scrape('application/openmetrics-text; version=1.0.0');
    const exemplars = open.split('\n').filter((line) => line.includes('trace_id'));
    assert.equal(exemplars.length, 1);
    assert.ok(exemplars[0]?.includes(`# {trace_id="${CALLER.trace}"}`), exemplars[0]);
    assert.ok(exemplars[0]?.startsWith('wedsync_cache_answer_duration_seconds_bucket'));
    assert.ok(open.trimEnd().endsWith('# EOF'));
    assert.ok(!(await scrape('text/plain')).includes('trace_id'));
  });
});
