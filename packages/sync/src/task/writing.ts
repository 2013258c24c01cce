import { announce } from './announce.js';
import type { Execution } from './execution.js';
import { write } from './write.js';

/** What a run does. */
export const writing: Execution = { dryRun: false, batches: 4, carryOut: write, settled: announce };
