import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second in /proc/PID/stat: USER_HZ, 100 on every Linux that Node supports. */
const TICKS_PER_SECOND = 100;
const MICROSECONDS = 1e6;

/**
 * CPU time that a process and those that it has started have taken since they began, in microseconds: user and system, all
 * threads, ended ones too. Known to a hundredth of a second.
 */
export function cpuMicros(pid: number): number {
  return familyOf(pid).reduce((sum, member) => sum + ownCpuMicros(member), 0);
}

/** A process and all that come from it. */
function familyOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')
      .split(' ')
      .filter((child) => child !== '')
      .map(Number),
  );
  return [pid, ...children.flatMap(familyOf)];
}

function ownCpuMicros(pid: number): number {
  // The name of the program, in brackets, may itself hold spaces and brackets.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  // Fields 14 and 15 of proc(5), utime and stime; the first two were cut off.
  return ((Number(fields[11]) + Number(fields[12])) * MICROSECONDS) / TICKS_PER_SECOND;
}

/** Memory of a process that lies in RAM, in MiB. */
export function residentMiB(pid: number): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) / 1024;
}
