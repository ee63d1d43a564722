/**
 * What the vector index finds and what it costs, on the vectors of real questions:
 *
 *   node bench/recall.ts
 *
 * Embeds the questions of data/wedding-pairs.jsonl and variants of them, 20,500 in all; 20,000 are indexed and 500 asked for.
 * Prints recall@5 of the graph against looking at every vector, by settings; the time of both, by size; and what an embedding
 * costs. The last line is one JSON object with all figures. Takes about two minutes.
 */
import { readFileSync } from 'node:fs';
import { WorkerEmbedder } from '../services/cache-engine/src/adapters/embedding/worker-embedder.ts';
import { GRAPH_SETTINGS } from '../services/cache-engine/src/adapters/vectors/graph-vectors.ts';
import { questionVariants } from './lib/question-variants.ts';
import { costBySize, recallBySettings } from './lib/recall.ts';
import { embedAll, embeddingCost } from './lib/recall-embedding.ts';

const INDEXED = 20_000;
const ASKED = 500;
const SEED = 20_260_815;

const lines = readFileSync(new URL('data/wedding-pairs.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const pairs = lines.map((line) => JSON.parse(line) as { readonly a: string; readonly b: string });
const questions = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];

const embedder = new WorkerEmbedder();
const embedding = await embeddingCost(embedder, questions);
console.log(`embedding, ${embedder.model}: start ${embedding.startMs} ms, +${embedding.residentMB} MB resident`);
console.log(
  `  alone ${embedding.aloneMs} ms (p99 ${embedding.aloneP99Ms}), 16 at once ${embedding.sixteenMs} ms a text\n`,
);

const texts = [...questions, ...questionVariants(questions, INDEXED + ASKED - questions.length, SEED)];
const vectors = await embedAll(embedder, texts, SEED);
await embedder.close();
const [indexed, asked] = [vectors.slice(0, INDEXED), vectors.slice(INDEXED)];

console.log(`graph of ${INDEXED} vectors, ${ASKED} searches for 5`);
const recall = recallBySettings(indexed, asked);
console.table(recall);
console.log('\nmicroseconds by size, graph with the settings in use');
const cost = costBySize(indexed, asked);
console.table(cost);
console.log(
  JSON.stringify({
    model: embedder.model,
    questions: questions.length,
    embedding,
    recall,
    settings: GRAPH_SETTINGS,
    cost,
  }),
);
