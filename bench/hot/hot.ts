import { askingOrder } from '../../local/region/check/questions.ts';
import { seededRandom } from '../../local/region/check/random.ts';
import type { Context, Report, Values } from '../lib/bench.ts';
import { closedLoad } from '../lib/closed-load.ts';
import { canPin } from '../lib/cores.ts';
import { cpuRounds, type Subject } from '../lib/cpu-rounds.ts';
import type { Target } from '../lib/http/connection.ts';
import { postRequest } from '../lib/http/request.ts';
import {
  checkSame,
  checkSameQuery,
  checkSource,
  inOrder,
  learnAnswers,
  type KnownAnswers,
} from '../lib/known-answers.ts';
import { answersChat, answersQuery, chatBody, distinctQuestions, queryBody } from '../lib/questions.ts';
import { startSite } from '../lib/site.ts';
import { startBare } from './bare.ts';
import { compare, tableOfHits, type Comparison } from '../lib/comparison.ts';
import type { SETTINGS } from './settings.ts';

/** A hot hit may cost so many times the CPU of a bare server. */
const LIMIT = 1.25;

/** Requests of one kind, with what is right as their answers. */
interface Kind {
  readonly path: string;
  readonly body: (question: string) => object;
  readonly answers: (body: Buffer, question: string) => boolean;
  readonly same: typeof checkSame;
}
const CHAT: Kind = { path: '/v1/chat/completions', body: chatBody, answers: answersChat, same: checkSame };
const QUERY: Kind = { path: '/v1/queries', body: queryBody, answers: answersQuery, same: checkSameQuery };

/**
 * CPU time of a hot hit beside that of a bare server with the same bytes on the wire: over chat completions and queries, in
 * plain HTTP and with TLS.
 */
export async function run(values: Values<typeof SETTINGS>, context: Context): Promise<Report> {
  await using stack = new AsyncDisposableStack();
  const { signal, progress } = context;
  const site = await startSite({ providerDelay: 0, maxMemory: 256 }, context, stack);
  const plain = await site.startEngine({ name: 'the engine' });
  const secured = await site.startEngine({ name: 'the engine with TLS', tls: true });
  const key = await plain.addKey();
  const questions = distinctQuestions(values.questions);
  const order = askingOrder(values.questions, Math.max(values.requests, values.questions), seededRandom(values.seed));

  const learn = ({ target }: { target: Target }, kind: Kind): Promise<KnownAnswers> => {
    const requests = questions.map((question) =>
      postRequest(`${target.host}:${target.port}`, kind.path, kind.body(question), { authorization: `Bearer ${key}` }),
    );
    const answers = (index: number, body: Buffer) => kind.answers(body, questions[index] as string);
    return learnAnswers({ target, requests, answers, signal });
  };
  const subject = (
    name: string,
    { pid, target }: { pid: number; target: Target },
    load: ReturnType<typeof inOrder>,
  ) => ({
    ...{ name, pid },
    load: (count: number) => closedLoad({ ...load, target, connections: values.connections, count, signal }),
  });
  /** An engine and a bare server that gives the same answers. */
  const pair = async (
    name: string,
    engine: { pid: number; target: Target },
    kind: Kind,
  ): Promise<[Subject, Subject]> => {
    progress(`${name}: asking ${questions.length} questions`);
    const known = await learn(engine, kind);
    const tls = engine.target.ca !== undefined;
    const bare = await startBare({ name: `bare server, ${name}`, known, folder: site.folder, tls, ...context, stack });
    const hit = inOrder(known, order, (response, before) => {
      kind.same(response, before);
      checkSource(response, 'hot');
    });
    return [subject(name, engine, hit), subject('bare', bare, inOrder(known, order, checkSame))];
  };
  const kinds: [string, [Subject, Subject]][] = [
    ['chat', await pair('chat completions', plain, CHAT)],
    ['queries', await pair('queries', plain, QUERY)],
    ['tls', await pair('chat completions, TLS', secured, CHAT)],
  ];
  const comparisons: [string, Comparison][] = [];
  for (const [kind, [engine, bare]] of kinds) {
    const cpu = await cpuRounds({ engine, bare }, { ...values, ...context });
    comparisons.push([kind, compare(engine.name, cpu.engine, cpu.bare, LIMIT)]);
  }
  const [[, chat]] = comparisons as [[string, Comparison], ...[string, Comparison][]];
  return {
    table: tableOfHits(
      'CPU of a hot hit and of a bare node:http server (SHA-256, Map), µs a request',
      comparisons.map(([, comparison]) => comparison),
      { measured: 'engine', base: 'bare' },
    ),
    json: {
      bench: 'hot',
      ratioToBare: chat.ratio.median,
      withinLimit: chat.withinLimit,
      limit: LIMIT,
      ...Object.fromEntries(comparisons),
      pinned: await canPin(),
      settings: values,
    },
  };
}
