/** How many hash slots a Redis Cluster has. */
export const SLOTS = 16_384;

/** CRC-16/XMODEM, as the Redis Cluster specification has it, by byte. */
const CRC = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc;
});

/**
 * The hash slot of a key: of the part in its first braces, where there is one and it is not empty, otherwise of all of it. Without
 * an array of bytes on the way, since it is computed for each read.
 */
export function slotOf(key: string): number {
  const open = key.indexOf('{');
  const close = open < 0 ? -1 : key.indexOf('}', open + 1);
  const [start, end] = close > open + 1 ? [open + 1, close] : [0, key.length];
  let crc = 0;
  for (let at = start; at < end; at++) {
    const code = key.charCodeAt(at);
    if (code > 0x7f) return Buffer.from(key.slice(start, end)).reduce(crcWith, 0) % SLOTS;
    crc = crcWith(crc, code);
  }
  return crc % SLOTS;
}

function crcWith(crc: number, byte: number): number {
  return ((crc << 8) & 0xffff) ^ (CRC[(crc >> 8) ^ byte] ?? 0);
}
