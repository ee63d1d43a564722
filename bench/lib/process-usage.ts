import { readFileSync } from 'node:fs';

/** Clock ticks a second in /proc/PID/stat: USER_HZ, 100 on every Linux that Node supports. */
const TICKS_PER_SECOND = 100;
const MICROSECONDS = 1e6;

/** What a tick's end may hide of a measured time, in microseconds: user and system time are cut off one by one, twice. */
export const CPU_RESOLUTION = (4 * MICROSECONDS) / TICKS_PER_SECOND;

/** CPU time that a process has taken since it began, in microseconds: user and system, all threads, ended ones too. */
export function cpuMicros(pid: number): number {
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
