/** Offset and prime of the 32-bit FNV-1a hash (Fowler, Noll, Vo). */
const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/** The 32-bit FNV-1a hash of the characters of `text` from `from` to before `to`: quick, and nothing to keep an attacker out by. */
export function fnv1a(text: string, from = 0, to = text.length): number {
  let hash = OFFSET;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
  return hash >>> 0;
}
