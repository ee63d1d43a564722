import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** First byte of what is packed. */
const RAW = 0;
const ZSTD = 1;

/** Bytes that an expanded record may have. Answers have a few kilobytes; what claims more was not made here. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Zstandard's level. On answers of 0.5 to 8 KB level 3 takes as long as 1, and level 9 saves at most another 2.5 % in two to three
 * times the time.
 */
const LEVEL = 3;

const PACKING = { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } };
/** A frame that wants a window beyond the bound is refused before memory is set aside for it. */
const EXPANDING = {
  maxOutputLength: MOST_BYTES,
  params: { [constants.ZSTD_d_windowLogMax]: Math.log2(MOST_BYTES) },
};

/**
 * Packs a record for the cold tier, before it is sealed: afterwards there is nothing left to compress. Throws a RangeError for one
 * beyond the bound of `expand`.
 */
export function compress(record: Buffer): Buffer {
  if (record.length > MOST_BYTES) throw new RangeError(`A record of ${record.length} bytes is too large to be packed.`);
  const packed = zstdCompressSync(record, PACKING);
  return packed.length < record.length ? tagged(ZSTD, packed) : tagged(RAW, record);
}

/** What `compress` packed; `undefined` for anything else, and for what would expand beyond all bounds. */
export function expand(packed: Buffer): Buffer | undefined {
  const body = packed.subarray(1);
  if (packed[0] === RAW) return body.length > MOST_BYTES ? undefined : body;
  if (packed[0] !== ZSTD) return undefined;
  try {
    return zstdDecompressSync(body, EXPANDING);
  } catch {
    return undefined;
  }
}

function tagged(form: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.of(form), body]);
}
