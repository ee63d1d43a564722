import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PairsError, readPairs } from '../../../bench/eval/pairs.ts';

const PAIR = { id: 'x-1', category: 'trap-town', a: 'Is York far?', b: 'Is Leeds far?', same: false };

describe('a file of question pairs', () => {
  let folder: string;
  const file = (text: string) => {
    const path = join(folder, 'pairs.jsonl');
    writeFileSync(path, text);
    return path;
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pairs-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is read line by line, empty lines left out and other members ignored', () => {
    const plain = { id: 'x-2', a: PAIR.a, b: PAIR.b, same: PAIR.same };
    const path = file(`${JSON.stringify({ ...PAIR, note: 'ignored' })}\n\n${JSON.stringify(plain)}\n`);
    assert.deepEqual(readPairs(path), [PAIR, { ...plain, category: '' }]);
  });

  const faulty: Record<string, string> = {
    'not JSON': '{',
    'no object': '7',
    null: 'null',
    'without an id': JSON.stringify({ ...PAIR, id: undefined }),
    'without a question': JSON.stringify({ ...PAIR, b: 5 }),
    'without a label': JSON.stringify({ ...PAIR, same: 'no' }),
  };
  for (const [what, line] of Object.entries(faulty)) {
    it(`is refused, with the number of the line, where one is ${what}`, () => {
      const path = file(`${JSON.stringify(PAIR)}\n${line}\n`);
      assert.throws(
        () => readPairs(path),
        (error) => error instanceof PairsError && error.message.startsWith(`${path}: line 2 is no pair`),
      );
    });
  }

  it('is refused when it is empty or cannot be read', () => {
    assert.throws(() => readPairs(file('\n')), /it holds no pair/);
    assert.throws(() => readPairs(join(folder, 'none.jsonl')), /the file cannot be read/);
  });

  for (const [name, count] of [
    ['wedding-pairs', 600],
    ['unseen-pairs', 300],
  ] as const) {
    it(`holds in ${name} ${count} pairs of both kinds, each with an id of its own`, () => {
      const pairs = readPairs(fileURLToPath(new URL(`../../../bench/data/${name}.jsonl`, import.meta.url)));
      assert.equal(pairs.length, count);
      assert.equal(new Set(pairs.map(({ id }) => id)).size, count);
      assert.deepEqual(new Set(pairs.map(({ same }) => same)), new Set([true, false]));
    });
  }
});
