import { readFileSync } from 'node:fs';

/**
 * The most memory that a process has held since its program began, in MiB (`VmHWM` of Linux' `proc(5)`).
 * Not `resourceUsage().maxRSS`: that keeps the peak of the process which started this one, so that a specification would measure its own runner.
 * @throws where there is no `/proc`, or no such process
 */
export function peakMib(pid: number = process.pid): number {
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  if (kib === undefined) throw new Error(`/proc/${pid}/status names no VmHWM.`);
  return Math.round(Number(kib) / 1024);
}
