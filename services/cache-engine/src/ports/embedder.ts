/**
 * Turns texts into vectors, so that texts of like meaning lie close together. A text's vector depends on the text and the model
 * alone: not on what else is embedded at the time.
 */
export interface Embedder {
  /** Name and version of the model. Vectors of different models must not be compared. */
  readonly model: string;
  /** How many numbers a vector has. */
  readonly dimensions: number;
  /**
   * The vectors of `texts`, in their order, each of length one and a buffer of its own. What is too long for the model is cut off
   * at the end. Rejects with an EmbedderBusy, an EmbedderFailure, or the signal's reason.
   */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<readonly Float32Array[]>;
  /** Rejects what is under way with an EmbedderFailure and gives everything back. Resolves when that is done. */
  close(): Promise<void>;
}

/** As many texts wait already as may wait. Nothing of the call was begun. */
export class EmbedderBusy extends Error {
  constructor(limit: number) {
    super(`More than ${limit} texts would wait to be embedded.`);
    this.name = 'EmbedderBusy';
  }
}

/** The model cannot be run, or its run broke off. */
export class EmbedderFailure extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EmbedderFailure';
  }
}
