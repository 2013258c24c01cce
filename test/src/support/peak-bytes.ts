import { readFileSync } from 'node:fs';

/**
 * The most memory that a process ever held, in bytes; of another process elsewhere than on Linux 0, as nothing tells it.
 * On Linux `maxRSS` is no use: a new process is given that of the one which started it.
 */
export function peakBytes(pid: number | 'self'): number {
  if (process.platform !== 'linux') return pid === 'self' ? process.resourceUsage().maxRSS * 1024 : 0;
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
}
