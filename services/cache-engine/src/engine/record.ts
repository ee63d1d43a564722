import type { Lifetime } from '@wedsync/domain';
import { Alias, type Provenance } from './alias.ts';
import { Entry, type Making } from './entry.ts';

/** First byte of a record, raised when its form changes: an older or newer record is then a miss, never misread. */
const VERSION = 0x33;

const NEWLINE = 0x0a;

/** The record of an answer whose body lies in the cold tier. */
export interface ColdStub {
  readonly cold: true;
  /** Epoch milliseconds. */
  readonly goneAt: number;
}

/** What can lie under a key. */
export type Stored = Entry | Alias | ColdStub;

type Head =
  | { readonly kind: 'answer'; readonly lifetime: Lifetime; readonly making: Making }
  | { readonly kind: 'alias'; readonly target: string; readonly provenance: Provenance; readonly goneAt: number }
  | { readonly kind: 'cold'; readonly goneAt: number };

/** A record before it is sealed: the version, a line of JSON, and for an answer its body. */
export function encodeRecord(stored: Stored): Buffer {
  const head = headOf(stored);
  const line = Buffer.from(`3${JSON.stringify(head)}\n`);
  return stored instanceof Entry ? Buffer.concat([line, stored.body]) : line;
}

/** What a record holds; `undefined` for another version, or anything else that is not one. */
export function decodeRecord(record: Buffer): Stored | undefined {
  const end = record.indexOf(NEWLINE);
  if (record[0] !== VERSION || end < 0) return undefined;
  const head = headIn(record.toString('utf8', 1, end));
  if (head === undefined) return undefined;
  switch (head.kind) {
    case 'answer':
      return new Entry(record.subarray(end + 1), head.lifetime, head.making);
    case 'alias':
      return new Alias(head.target, head.provenance, head.goneAt);
    case 'cold':
      return { cold: true, goneAt: head.goneAt };
    default:
      return undefined;
  }
}

/** When a record may be forgotten, epoch milliseconds. */
export function goneAt(stored: Stored): number {
  return stored instanceof Entry ? stored.lifetime.goneAt : stored.goneAt;
}

function headIn(line: string): Head | undefined {
  try {
    return JSON.parse(line) as Head;
  } catch {
    return undefined;
  }
}

function headOf(stored: Stored): Head {
  if (stored instanceof Entry) return { kind: 'answer', lifetime: stored.lifetime, making: stored.making };
  if (stored instanceof Alias)
    return { kind: 'alias', target: stored.target, provenance: stored.provenance, goneAt: stored.goneAt };
  return { kind: 'cold', goneAt: stored.goneAt };
}
