import { readdirSync, readFileSync } from 'node:fs';

/** Resident memory of some processes and everything below them. */
export interface Memory {
  /** Sum of the resident sets, in bytes; pages that processes share count in each. */
  readonly resident: number;
  /** Sum of the proportional sets, in bytes; a shared page counts once in all. */
  readonly proportional: number;
  readonly processes: number;
}

/** Measures the processes `roots` and all their descendants (Linux). */
export function memoryOf(roots: readonly number[]): Memory {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = parentOf(Number(entry));
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const all = new Set<number>();
  const add = (pid: number): void => {
    if (all.has(pid)) return;
    all.add(pid);
    children.get(pid)?.forEach(add);
  };
  roots.forEach(add);
  const measured = [...all].map(sizeOf).filter((size) => size !== undefined);
  return {
    resident: measured.reduce((sum, size) => sum + size.resident, 0),
    proportional: measured.reduce((sum, size) => sum + size.proportional, 0),
    processes: measured.length,
  };
}

function parentOf(pid: number): number | undefined {
  const status = readProc(pid, 'status');
  const parent = status && /^PPid:\s+(\d+)/m.exec(status)?.[1];
  return parent ? Number(parent) : undefined;
}

function sizeOf(pid: number): { resident: number; proportional: number } | undefined {
  const rollup = readProc(pid, 'smaps_rollup');
  if (rollup === undefined) return undefined;
  const kilobytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0);
  return { resident: kilobytes('Rss') * 1024, proportional: kilobytes('Pss') * 1024 };
}

/** A process may end while it is being looked at. */
function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
