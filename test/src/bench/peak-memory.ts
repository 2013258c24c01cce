import { writeFileSync } from 'node:fs';
import { peakBytes } from '../support/peak-bytes.js';

/** Loaded with `--import`: leaves the process's peak memory in a file when it ends. */
const file = process.env['ISTHMUS_BENCH_PEAK'];

if (file) process.on('exit', () => writeFileSync(file, String(peakBytes('self'))));
