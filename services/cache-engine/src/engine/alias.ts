import type { AnswerKey } from './answer-key.ts';

/** Why a question is taken to ask the same as another. */
export interface Provenance {
  /** `wording` for the deterministic check, otherwise the judge's name. */
  readonly by: string;
  /** Cosine similarity of the two, as the candidate was found. */
  readonly similarity: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** A question that another one's answer serves: its key leads to that answer's key. It ends with its target. */
export class Alias {
  readonly target: AnswerKey;
  readonly provenance: Provenance;
  /** Epoch milliseconds. */
  readonly goneAt: number;

  constructor(target: AnswerKey, provenance: Provenance, goneAt: number) {
    this.target = target;
    this.provenance = provenance;
    this.goneAt = goneAt;
  }
}
