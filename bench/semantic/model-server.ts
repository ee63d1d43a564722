/**
 * The least that finding another wording's answer can be: embeds a text with the engine's model and looks for its neighbours in the
 * engine's index. It has its texts from a file and works through them by itself, so that nothing but that is measured.
 *
 *   node bench/semantic/model-server.ts PORT TEXTS
 *
 * TEXTS is a file with a JSON object: `stored`, the texts in the index, and `asked`, the texts to look for. Any GET request with the
 * queries `from`, `count` and `connections` works through that part of `asked`; its answer is the places in `stored` of what was
 * found for each text, nearest first, as JSON.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { WorkerEmbedder } from '../../services/cache-engine/src/adapters/embedding/worker-embedder.ts';
import { PartitionedIndex } from '../../services/cache-engine/src/adapters/vectors/partitioned-index.ts';
import { TieredVectors } from '../../services/cache-engine/src/adapters/vectors/tiered-vectors.ts';

/** What is looked for in a frame, and how many neighbours are wanted: as many as the engine wants. */
const FRAME = 'frame';
const NEIGHBOURS = 20;

const [port, file] = process.argv.slice(2) as [string, string];
const { stored, asked } = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<'stored' | 'asked', string[]>>;
const embedder = new WorkerEmbedder();
await embedder.start();
const index = new PartitionedIndex(embedder.dimensions, (dimensions) => new TieredVectors(dimensions));
for (const [place, text] of stored.entries()) index.add(FRAME, String(place), await embed(text));

async function embed(text: string): Promise<Float32Array> {
  const [vector] = await embedder.embed([text]);
  return vector as Float32Array;
}

async function findAll(from: number, count: number, connections: number): Promise<readonly (readonly number[])[]> {
  const found: (readonly number[])[] = [];
  let next = 0;
  const work = async () => {
    for (let at = next++; at < count; at = next++) {
      const vector = await embed(asked[from + at] as string);
      found[at] = index.search(FRAME, vector, NEIGHBOURS).map(({ id }) => Number(id));
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  return found;
}

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [from, count, connections] = ['from', 'count', 'connections'].map((name) => Number(searchParams.get(name)));
  findAll(from ?? 0, count ?? 0, connections ?? 1).then(
    (found) => response.end(JSON.stringify(found)),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
server.listen(Number(port), '127.0.0.1');
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void embedder.close();
});
