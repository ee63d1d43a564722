import { PRIORITIES, type Priority } from './priority.ts';

/**
 * A queue of bounded length: the most urgent leaves first, of equals the one that came first. When one too many would wait, the
 * last in that order is shed: nobody is turned away while someone less urgent waits.
 */
export class PriorityQueue<Item> {
  readonly #capacity: number;
  readonly #waiting: readonly { readonly priority: Priority; readonly items: Item[] }[] = PRIORITIES.map(
    (priority) => ({
      priority,
      items: [],
    }),
  );
  #size = 0;

  /** @param capacity items that may wait at most; 0 for none. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Items that wait. */
  get size(): number {
    return this.#size;
  }

  /** Adds `item` and gives back what is shed for it: something less urgent that waited, or `item` itself. */
  push(item: Item, priority: Priority): Item | undefined {
    this.#waiting.find((one) => one.priority === priority)?.items.push(item);
    this.#size++;
    if (this.#size <= this.#capacity) return undefined;
    this.#size--;
    return this.#waiting.findLast(({ items }) => items.length > 0)?.items.pop();
  }

  /** Takes out the item whose turn it is; `undefined` when none waits. */
  shift(): Item | undefined {
    const first = this.#waiting.find(({ items }) => items.length > 0);
    if (first === undefined) return undefined;
    this.#size--;
    return first.items.shift();
  }

  /** Takes out an item that no longer wants to wait; false when it does not wait. */
  remove(item: Item): boolean {
    for (const { items } of this.#waiting) {
      const at = items.indexOf(item);
      if (at < 0) continue;
      items.splice(at, 1);
      this.#size--;
      return true;
    }
    return false;
  }
}
