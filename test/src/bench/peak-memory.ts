import { writeFileSync } from 'node:fs';

/** Loaded with `--import`: leaves the process's peak memory in a file when it ends. */
const file = process.env['ISTHMUS_BENCH_PEAK'];

// maxRSS is in kilobytes.
if (file) process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS * 1024)));
