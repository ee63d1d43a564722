import { readFileSync } from 'node:fs';
import { FILES } from './paths.ts';

const read = (file: string) => readFileSync(new URL(`./scripts/${file}`, import.meta.url), 'utf8');

const NAMES = [
  FILES.start,
  FILES.stop,
  FILES.nodes,
  FILES.keeper,
  FILES.mover,
  FILES.backups,
  FILES.backup,
  FILES.restore,
] as const;

/** The scripts that start, stop, keep, reshape, back up and restore a cluster, by file name; the head of each says what it needs. */
export const SCRIPTS: Readonly<Record<string, string>> = Object.fromEntries(NAMES.map((file) => [file, read(file)]));
