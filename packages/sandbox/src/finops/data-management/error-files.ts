import type { EntityJob } from './execution.js';
import type { DataManagement } from './framework.js';
import { csv } from './package/index.js';

/** Rows that were refused on the way from staging to target; a fault of the whole has no key. */
const targetFaults = (job: EntityJob) => job.faults.filter(({ step, key }) => step === 'target' && key.length > 0);

/** Has the file with the keys of refused rows generated. @returns false where there are none */
export function generateKeysFile({ options }: DataManagement, job: EntityJob): boolean {
  if (job.keysPending === Infinity) job.keysPending = options.keysFileAfter ?? 1;
  return targetFaults(job).length > 0;
}

/** @returns its name; undefined while there is none */
export function keysFileOf(framework: DataManagement, job: EntityJob): string | undefined {
  const faults = targetFaults(job);
  if (!job.isOver || faults.length === 0 || job.keysPending-- > 0) return undefined;
  const rows = [job.keyNames.map((name) => name.toUpperCase()), ...faults.map(({ key }) => key)];
  return (job.keysFile ??= keepTable(framework, 'keys.csv', rows));
}

/** @returns name of the file with the lines that staging refused; undefined where it refused none */
export function stagingFileOf(framework: DataManagement, job: EntityJob): string | undefined {
  if (job.stagingErrors.length === 0) return undefined;
  return (job.stagingFile ??= keepTable(framework, 'staging.csv', job.stagingErrors));
}

const keepTable = (
  { blobs }: DataManagement,
  name: string,
  [columns = [], ...rows]: readonly (readonly string[])[],
): string => blobs.keep(name, csv.write({ columns, rows }, ''));
