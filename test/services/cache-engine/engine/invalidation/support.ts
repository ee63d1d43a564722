import { setImmediate as turn } from 'node:timers/promises';
import { MemoryChangeFeed } from '../../../../../services/cache-engine/src/adapters/memory/memory-change-feed.ts';
import type { Engine } from '../../../../../services/cache-engine/src/compose.ts';
import { partitionOf } from '../../../../../services/cache-engine/src/engine/answer-key.ts';
import type { Request } from '../../../../../services/cache-engine/src/engine/answering.ts';
import { NO_WISHES } from '../../../../../services/cache-engine/src/engine/controls.ts';
import type { QuestionContext } from '../../../../../services/cache-engine/src/engine/question.ts';
import { requestOf } from '../../../../../services/cache-engine/src/engine/requesting.ts';
import type { Change } from '../../../../../services/cache-engine/src/ports/change-feed.ts';
import { question } from '../../support/questions.ts';

export const SMITH = partitionOf('smith');

/** A feed whose changes can be missed. */
export class GappyFeed extends MemoryChangeFeed {
  readonly #listeners: (() => void)[] = [];
  /** Set while nothing is heard. */
  deaf = false;

  override onChange(listener: (change: Change) => void): void {
    super.onChange((change) => {
      if (!this.deaf) listener(change);
    });
  }

  override onGap(listener?: () => void): void {
    if (listener !== undefined) this.#listeners.push(listener);
  }

  /** Hears again, and of the gap. */
  gap(): void {
    this.deaf = false;
    for (const listener of this.#listeners) listener();
  }
}

/** The request of a vendor's question, by default smith's about the wedding w1. */
export function requestFor(
  text: string,
  context: Partial<QuestionContext> = {},
  tags: readonly string[] = [],
): Request {
  const whole = { vendorId: 'smith', vendorType: 'baker', weddingId: 'w1', ...context } as const;
  const asked = question({ context: whole, messages: [{ role: 'user', text }] });
  return requestOf(asked, partitionOf(whole.vendorId), NO_WISHES, tags).request;
}

/** Where an engine's answer to a request comes from. */
export async function sourceOf({ services }: Engine, request: Request): Promise<string> {
  return (await services.answering.ask(request)).source;
}

/** Lets what is under way in memory come to its end. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 40; i++) await turn();
}
