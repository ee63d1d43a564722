import { WorkerEmbedder } from '../../../../services/cache-engine/src/adapters/embedding/worker-embedder.ts';
import { GraphVectors } from '../../../../services/cache-engine/src/adapters/vectors/graph-vectors.ts';
import { TieredVectors } from '../../../../services/cache-engine/src/adapters/vectors/tiered-vectors.ts';

/** Finds the text nearest to the first of its arguments among the others, with every kind of index, and prints what each found. */
const [asked = '', ...stored] = process.argv.slice(2);
const embedder = new WorkerEmbedder();
const [query, ...vectors] = await embedder.embed([asked, ...stored]);
await embedder.close();
const found = [TieredVectors, GraphVectors].map((Vectors) => {
  const set = new Vectors(embedder.dimensions);
  vectors.forEach((vector, at) => set.add(stored[at] ?? '', vector));
  return query && set.search(query, 1)[0];
});
console.log(JSON.stringify(found));
