import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What is known of a running process from outside. `identity` differs from that of any later process with the same id. */
export interface RunningProcess {
  readonly pid: number;
  readonly identity: string;
  readonly command: string;
}

function fromProc(pid: number): RunningProcess | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold blanks and parentheses itself; state is the field after it, start time (in ticks since boot) the 20th after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  return { pid, identity: `${boot}/${fields[19]}`, command };
}

function fromPs(pid: number): RunningProcess | undefined {
  const ask = (what: string) =>
    execFileSync('ps', ['-o', `${what}=`, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  if (ask('stat').startsWith('Z')) return undefined;
  return { pid, identity: ask('lstart'), command: ask('command') };
}

/** The process with this id, or undefined when there is none or only its zombie is left. */
export function runningProcess(pid: number): RunningProcess | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  try {
    return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
  } catch {
    return undefined;
  }
}
