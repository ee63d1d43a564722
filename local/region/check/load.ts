import OpenAI from 'openai';

/** What became of one request. */
export interface Outcome {
  /** Which request of the check it was, from 0. */
  readonly index: number;
  /** Index of the question. */
  readonly question: number;
  /** `hot`, `warm` or `miss`; `undefined` when the request failed. */
  readonly source: string | undefined;
  readonly milliseconds: number;
  /** Whether an answer to the same question had arrived before this request was sent. */
  readonly repeated: boolean;
  /** Whether the answer is the one that the question got first. */
  readonly sameAnswer: boolean;
  readonly error: string | undefined;
}

export interface LoadOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly questions: readonly string[];
  /** Indices into `questions`, in the order of asking. */
  readonly order: readonly number[];
  readonly concurrency: number;
  readonly signal: AbortSignal;
  /** Called after each request with the number of those done. */
  readonly onDone: (done: number) => void;
}

/** Every so many requests, one is streamed. */
const STREAM_EVERY = 10;
const MODEL = 'wedsync-planning';

/** Asks the questions through the official OpenAI client, as a vendor's program would. */
export async function ask(options: LoadOptions): Promise<Outcome[]> {
  const client = new OpenAI({ baseURL: options.baseUrl, apiKey: options.apiKey, timeout: 30_000 });
  const first = new Map<number, string>();
  const outcomes: Outcome[] = [];
  let next = 0;

  const worker = async () => {
    for (let index = next++; index < options.order.length && !options.signal.aborted; index = next++) {
      const question = options.order[index] as number;
      const repeated = first.has(question);
      const started = performance.now();
      const answer = await answerTo(client, options.questions[question] as string, index % STREAM_EVERY === 0);
      const milliseconds = performance.now() - started;
      if (answer.content !== undefined && !first.has(question)) first.set(question, answer.content);
      outcomes.push({
        index,
        question,
        source: answer.source,
        milliseconds,
        repeated,
        sameAnswer: first.get(question) === answer.content,
        error: answer.error,
      });
      options.onDone(outcomes.length);
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, worker));
  return outcomes;
}

interface Answer {
  readonly content?: string;
  readonly source: string | undefined;
  readonly error: string | undefined;
}

async function answerTo(client: OpenAI, question: string, streamed: boolean): Promise<Answer> {
  const request = { model: MODEL, messages: [{ role: 'user' as const, content: question }] };
  try {
    if (!streamed) {
      const { data, response } = await client.chat.completions.create(request).withResponse();
      return { content: data.choices[0]?.message.content ?? '', source: sourceOf(response), error: undefined };
    }
    const { data, response } = await client.chat.completions.create({ ...request, stream: true }).withResponse();
    let content = '';
    for await (const chunk of data) content += chunk.choices[0]?.delta.content ?? '';
    return { content, source: sourceOf(response), error: undefined };
  } catch (error) {
    return { source: undefined, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

function sourceOf(response: Response): string | undefined {
  return response.headers.get('x-wedsync-cache') ?? undefined;
}
