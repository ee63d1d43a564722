/** What is listed, sealed, with a stored answer: its question, and the question's vector where it has one. */
export interface Details {
  readonly text: string;
  readonly vector?: Float32Array | undefined;
}

/** A component of a unit vector is at most 1: a signed byte holds it to within 0.4 %, a quarter of the size. */
const SCALE = 127;

/** `<bytes of the text, uint32><text><a signed byte for each component>`. */
export function encodeDetails({ text, vector }: Details): Buffer {
  const length = Buffer.byteLength(text);
  const buffer = Buffer.alloc(4 + length + (vector?.length ?? 0));
  buffer.writeUInt32LE(length);
  buffer.write(text, 4);
  vector?.forEach((component, index) => buffer.writeInt8(Math.round(component * SCALE), 4 + length + index));
  return buffer;
}

/** The details in a buffer; `undefined` when it is none. The vector has unit length again. */
export function decodeDetails(buffer: Buffer): Details | undefined {
  if (buffer.length < 4) return undefined;
  const end = 4 + buffer.readUInt32LE();
  if (end > buffer.length) return undefined;
  const text = buffer.toString('utf8', 4, end);
  return end === buffer.length ? { text } : { text, vector: unit(new Int8Array(buffer.subarray(end))) };
}

function unit(components: Int8Array): Float32Array {
  const vector = Float32Array.from(components);
  const norm = Math.hypot(...vector) || 1;
  return vector.map((component) => component / norm);
}
