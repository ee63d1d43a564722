import type { VendorType } from '@wedsync/domain';
import type { JsonValue } from './json.ts';

/** The text of a message: one string, or the texts of its parts in order. */
export type MessageText = string | readonly string[];

/** One turn of a conversation, text only. */
export interface Message {
  readonly role: 'system' | 'developer' | 'user' | 'assistant';
  readonly text: MessageText;
  readonly name?: string | undefined;
}

/** Who asks, and for which wedding. What is left out is not known. */
export interface QuestionContext {
  readonly vendorId: string;
  readonly vendorType: VendorType;
  readonly weddingId?: string | undefined;
  readonly coupleId?: string | undefined;
  /** `YYYY-MM-DD`. */
  readonly weddingDate?: string | undefined;
  readonly location?: string | undefined;
  /** `YYYY-MM-DD`: when the final numbers are due, which may change the answer. */
  readonly finalNumbersDue?: string | undefined;
  /** `YYYY-MM-DD`: when the balance is due, which may change the answer. */
  readonly balanceDue?: string | undefined;
}

/** A question whose every detail the engine understands, so that equal questions may share one answer. */
export interface Question {
  readonly context: QuestionContext;
  readonly model: string;
  readonly messages: readonly Message[];
  /** The parameters that may change the answer, by their API name, as the caller gave them; none that is null. */
  readonly parameters: Readonly<Record<string, JsonValue>>;
}
