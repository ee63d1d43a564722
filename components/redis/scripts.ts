import { readFileSync } from 'node:fs';
import { FILES } from './paths.ts';

const read = (file: string) => readFileSync(new URL(`./scripts/${file}`, import.meta.url), 'utf8');

/** The scripts that start, stop, keep and reshape a cluster, by file name; the head of each says what it needs. */
export const SCRIPTS: Readonly<Record<string, string>> = Object.fromEntries(
  [FILES.start, FILES.stop, FILES.nodes, FILES.keeper, FILES.mover].map((file) => [file, read(file)]),
);
