import { Command, type Redis } from 'ioredis';

/**
 * Reads of single strings from one node: those of one turn of the event loop leave in one packet. This is ioredis' automatic
 * pipelining without its bookkeeping for each command, which costs more than the read itself.
 */
export class ReadLane {
  readonly #node: Redis;
  #waiting: Command[] = [];

  constructor(node: Redis) {
    this.#node = node;
  }

  /** The value of `key`, `null` when the node has none. Rejects when the connection is lost. */
  get(key: string): Promise<Buffer | null> {
    const command = new Command('get', [key], { replyEncoding: null });
    // After what has arrived by now was handled, as it may lead to more reads.
    if (this.#waiting.push(command) === 1) setImmediate(this.#send);
    return command.promise as Promise<Buffer | null>;
  }

  readonly #send = (): void => {
    const commands = this.#waiting;
    this.#waiting = [];
    const { stream } = this.#node;
    stream.cork();
    for (const command of commands) this.#node.sendCommand(command);
    stream.uncork();
  };
}
