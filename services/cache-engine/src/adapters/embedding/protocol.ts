/** What the thread is started with. */
export interface ThreadData {
  /** Shared memory of a RunGate. */
  readonly gate: SharedArrayBuffer;
}

/** A text for the thread to embed, whose `job` comes back with the result; or the word to end. */
export type EmbeddingRequest =
  { readonly kind: 'embed'; readonly job: number; readonly text: string } | { readonly kind: 'end' };

/** What the thread reports: first that its model is loaded, then a result for each text, in their order. */
export type EmbeddingReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'embedded'; readonly job: number; readonly vector: Float32Array<ArrayBuffer> }
  | { readonly kind: 'failed'; readonly job: number; readonly reason: string };
