import type { Embedder } from '../../services/cache-engine/src/ports/embedder.ts';

/** An embedder that embeds each text once: a season asks the same texts again and again, and it is not inference that is measured. */
export class RememberingEmbedder implements Embedder {
  readonly #embedder: Embedder;
  readonly #vectors = new Map<string, Promise<Float32Array>>();

  constructor(embedder: Embedder) {
    this.#embedder = embedder;
  }

  get model(): string {
    return this.#embedder.model;
  }

  get dimensions(): number {
    return this.#embedder.dimensions;
  }

  /** Goes on when a caller leaves: the vector is wanted again. */
  embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
    return Promise.all(texts.map((text) => this.#vectorOf(text)));
  }

  async close(): Promise<void> {
    this.#vectors.clear();
    await this.#embedder.close();
  }

  #vectorOf(text: string): Promise<Float32Array> {
    let vector = this.#vectors.get(text);
    if (vector === undefined) {
      vector = this.#embedder.embed([text]).then(([only]) => only as Float32Array);
      this.#vectors.set(text, vector);
      vector.catch(() => this.#vectors.delete(text));
    }
    return vector;
  }
}
