import { Compile } from 'typebox/compile';
import { isCompletion } from '../engine/completion.ts';
import { Entry } from '../engine/entry.ts';
import { decodeRecord, type Stored } from '../engine/record.ts';
import type { Parcel } from '../engine/transfer.ts';
import { ParcelSchema } from './schemas.ts';

const compiled = Compile(ParcelSchema);

/** Why a line of an import is not taken in. */
export type Refusal = 'too long' | 'not JSON' | 'not a line of an export' | 'not an answer' | 'another vendor’s';

/** The answer in a line of an export, or why there is none. Nothing that is not wholly an answer may be served as one. */
export function readParcel(text: string): { readonly parcel: Parcel } | { readonly refusal: Refusal } {
  const value = parsed(text);
  if (value === undefined) return { refusal: 'not JSON' };
  if (!compiled.Check(value)) return { refusal: 'not a line of an export' };
  return holdsAnswer(Buffer.from(value.record, 'base64')) ? { parcel: value } : { refusal: 'not an answer' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function holdsAnswer(record: Buffer): boolean {
  let stored: Stored | undefined;
  try {
    stored = decodeRecord(record);
  } catch {
    return false;
  }
  if (!(stored instanceof Entry)) return false;
  const { lifetime, making, body } = stored;
  const { bornAt, freshUntil, staleUntil, goneAt } = lifetime ?? {};
  const { milliseconds, tokens, microDollars } = making ?? {};
  const numbers = [bornAt, freshUntil, staleUntil, goneAt, milliseconds, tokens, microDollars];
  return numbers.every(Number.isFinite) && isCompletion(parsed(body.toString()));
}
