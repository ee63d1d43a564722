import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import model from '../../../model/model.json' with { type: 'json' };

/** Where the build puts the model; run from the sources, it lies beside them. */
const BUILT = fileURLToPath(new URL('./model/', import.meta.url));
const FOLDER = existsSync(BUILT) ? BUILT : fileURLToPath(new URL('../../../model/', import.meta.url));

/** The model that the engine embeds with. */
export const MODEL = {
  /** Name and, by the beginning of its digest, version. */
  name: `${model.name}@${model.sha256.slice(0, 12)}`,
  /** How many numbers a vector has. */
  dimensions: model.dimensions,
  /** How much of a text it reads, in tokens, those for start and end included. */
  maxTokens: model.maxTokens,
  file: `${FOLDER}${model.name}.onnx`,
  tokenizerFile: `${FOLDER}tokenizer.json`,
} as const;
