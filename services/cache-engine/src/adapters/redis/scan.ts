import type { Redis } from 'ioredis';

/** Members that a node is asked for at a time: few enough to hold up nobody else. */
const PAGE = 500;

/** What a hash holds, each field once. What is there all along is found; what comes or goes meanwhile may be. */
export async function scanHash(node: Redis, key: string): Promise<ReadonlyMap<string, Buffer>> {
  const found = new Map<string, Buffer>();
  let cursor = '0';
  do {
    const [next, page] = await node.hscanBuffer(key, cursor, 'COUNT', PAGE);
    for (const [name, value] of pairs(page)) found.set(name.toString(), value);
    cursor = next.toString();
  } while (cursor !== '0');
  return found;
}

/** The members of a sorted set with their scores, each once; found as in a hash. */
export async function scanScores(node: Redis, key: string): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  let cursor = '0';
  do {
    const [next, page] = await node.zscan(key, cursor, 'COUNT', PAGE);
    for (const [member, score] of pairs(page)) found.set(member, Number(score));
    cursor = next;
  } while (cursor !== '0');
  return found;
}

function pairs<Value>(flat: readonly Value[]): (readonly [Value, Value])[] {
  const result: (readonly [Value, Value])[] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) result.push([flat[at] as Value, flat[at + 1] as Value]);
  return result;
}
