import { ExactVectors } from '../../services/cache-engine/src/adapters/vectors/exact-vectors.ts';
import {
  GRAPH_SETTINGS,
  GraphVectors,
  type GraphSettings,
} from '../../services/cache-engine/src/adapters/vectors/graph-vectors.ts';
import { TieredVectors } from '../../services/cache-engine/src/adapters/vectors/tiered-vectors.ts';
import type { VectorSet } from '../../services/cache-engine/src/adapters/vectors/vector-set.ts';
import { rounded } from './rounded.ts';

/** How many neighbours a search asks for. */
const K = 5;

/** Settings that are compared: each scalar, then more and fewer candidates for the one in use. */
const SETTINGS: readonly GraphSettings[] = [
  ...(['i8', 'bf16', 'f16', 'f32'] as const).map((scalar) => ({ ...GRAPH_SETTINGS, scalar })),
  ...[16, 32, 128].map((expansionSearch) => ({ ...GRAPH_SETTINGS, expansionSearch })),
  { ...GRAPH_SETTINGS, expansionAdd: 64 },
];

/** What a graph finds and costs with some settings. Times are microseconds. */
export interface Recall extends GraphSettings {
  /** The share of the true first five that it finds. */
  readonly recallAt5: number;
  /** How often the very nearest is among its five. */
  readonly nearestFound: number;
  readonly searchUs: number;
  readonly addUs: number;
  /** By the index's own estimate. */
  readonly bytesAVector: number;
}

/** Compares settings of the graph against looking at every vector. */
export function recallBySettings(indexed: readonly Float32Array[], asked: readonly Float32Array[]): Recall[] {
  const exact = new ExactVectors(dimensionsOf(indexed));
  fill(exact, indexed);
  const truth = asked.map((query) => exact.search(query, K).map(({ id }) => id));
  return SETTINGS.map((settings) => {
    const graph = new GraphVectors(dimensionsOf(indexed), settings);
    const addUs = fill(graph, indexed);
    const { searchUs, found } = search(graph, asked);
    const hits = found.map((ids, at) => ids.filter((id) => truth[at]?.includes(id)).length);
    const nearest = found.filter((ids, at) => ids.includes(truth[at]?.[0] ?? ''));
    return {
      ...settings,
      recallAt5: hits.reduce((sum, count) => sum + count, 0) / (asked.length * K),
      nearestFound: nearest.length / asked.length,
      searchUs,
      addUs,
      bytesAVector: rounded(graph.bytes / indexed.length),
    };
  });
}

/** What each kind of set costs with so many vectors. Times are microseconds. */
export interface Cost {
  readonly vectors: number;
  readonly exactSearchUs: number;
  readonly graphSearchUs: number;
  readonly tieredSearchUs: number;
  readonly exactAddUs: number;
  readonly graphAddUs: number;
  readonly exactKB: number;
  readonly graphKB: number;
}

/** Measures all kinds of sets at sizes that double. */
export function costBySize(indexed: readonly Float32Array[], asked: readonly Float32Array[]): Cost[] {
  const costs: Cost[] = [];
  for (let vectors = 64; ; vectors = Math.min(2 * vectors, indexed.length)) {
    const dimensions = dimensionsOf(indexed);
    const part = indexed.slice(0, vectors);
    const [exact, graph, tiered] = [
      new ExactVectors(dimensions),
      new GraphVectors(dimensions),
      new TieredVectors(dimensions),
    ];
    fill(tiered, part);
    costs.push({
      vectors,
      exactAddUs: fill(exact, part),
      graphAddUs: fill(graph, part),
      exactSearchUs: search(exact, asked).searchUs,
      graphSearchUs: search(graph, asked).searchUs,
      tieredSearchUs: search(tiered, asked).searchUs,
      exactKB: rounded(exact.bytes / 1024),
      graphKB: rounded(graph.bytes / 1024),
    });
    if (vectors === indexed.length) return costs;
  }
}

/** Microseconds to add one. */
function fill(set: VectorSet, vectors: readonly Float32Array[]): number {
  const start = performance.now();
  vectors.forEach((vector, at) => set.add(String(at), vector));
  return rounded(((performance.now() - start) * 1000) / vectors.length);
}

function search(set: VectorSet, asked: readonly Float32Array[]): { searchUs: number; found: string[][] } {
  // Once beforehand: code and caches should be warm for all that are compared.
  for (const query of asked) set.search(query, K);
  const start = performance.now();
  const results = asked.map((query) => set.search(query, K));
  const searchUs = rounded(((performance.now() - start) * 1000) / asked.length);
  return { searchUs, found: results.map((neighbours) => neighbours.map(({ id }) => id)) };
}

function dimensionsOf(vectors: readonly Float32Array[]): number {
  return vectors[0]?.length ?? 0;
}
