/** A value that stands in a list. */
export class Linked<V> {
  readonly key: string;
  readonly hash: number;
  value: V;
  bytes: number;
  list: RecencyList<V> | undefined = undefined;
  newer: Linked<V> | undefined = undefined;
  older: Linked<V> | undefined = undefined;

  constructor(key: string, hash: number, value: V, bytes: number) {
    this.key = key;
    this.hash = hash;
    this.value = value;
    this.bytes = bytes;
  }
}

/** Values in the order of their last use. */
export class RecencyList<V> {
  #newest: Linked<V> | undefined;
  #oldest: Linked<V> | undefined;
  #bytes = 0;

  /** Bytes of all its values. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The value that was not used for longest. */
  get oldest(): Linked<V> | undefined {
    return this.#oldest;
  }

  /** Makes `node`, of this list or another, the one used last here. */
  push(node: Linked<V>): void {
    node.list?.remove(node);
    node.list = this;
    node.older = this.#newest;
    node.newer = undefined;
    if (this.#newest === undefined) this.#oldest = node;
    else this.#newest.newer = node;
    this.#newest = node;
    this.#bytes += node.bytes;
  }

  /** Takes `node` out. */
  remove(node: Linked<V>): void {
    const { newer, older } = node;
    if (older === undefined) this.#oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.#newest = older;
    else newer.older = older;
    node.list = node.newer = node.older = undefined;
    this.#bytes -= node.bytes;
  }
}
