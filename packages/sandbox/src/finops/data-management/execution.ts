import type { Value } from '../../store/index.js';

/** Of a step of one entity: staging or target. */
export type StepStatus =
  | 'NotStarted'
  | 'Waiting'
  | 'Executing'
  | 'Error'
  | 'Finished'
  | 'Ready'
  | 'NotRun'
  | 'Cancelling'
  | 'Canceled'
  | 'Hold';

const OVER = new Set<StepStatus>(['Error', 'Finished', 'NotRun', 'Canceled']);

export type ExecutionStatus = 'NotRun' | 'Executing' | 'Succeeded' | 'PartiallySucceeded' | 'Failed' | 'Canceled';

/** A row that did not get through, or a fault of the file as a whole (without a key). */
export interface RecordFault {
  readonly step: 'staging' | 'target';
  readonly message: string;
  readonly field: string;
  /** Of the target: entity key of the row, part by part. Of staging: its number in the file, if it is about one. */
  readonly key: readonly string[];
}

/** What became of one entity of an execution. */
export class EntityJob {
  stagingStatus: StepStatus = 'NotStarted';
  targetStatus: StepStatus = 'NotStarted';
  created = 0;
  updated = 0;
  readonly faults: RecordFault[] = [];
  /** Lines of the data file that did not get into the staging table, header first. */
  stagingErrors: string[][] = [];
  /** Questions for the file with the keys of refused rows that it is not ready for; never, unless it is generated. */
  keysPending = Infinity;
  /** Name of that file, once somebody has fetched its address. */
  keysFile?: string;
  /** Name of the file with {@link stagingErrors}, likewise. */
  stagingFile?: string;

  constructor(
    readonly entityName: string,
    /** Names of the key fields. */
    readonly keyNames: readonly string[],
  ) {}

  /** An export has no step but its own. */
  exporting(): void {
    this.stagingStatus = this.targetStatus = 'Executing';
  }

  exported(count: number): void {
    this.stagingStatus = this.targetStatus = 'Finished';
    this.created = count;
  }

  /** Nothing of it goes on: the file as a whole is at fault. */
  refuse(step: RecordFault['step'], { message }: Error): void {
    this.faults.push({ step, message, field: '', key: [] });
    if (step === 'staging') this.stagingStatus = 'Error';
    this.targetStatus = step === 'staging' ? 'NotRun' : 'Error';
  }

  /** No more of its rows can be refused. */
  get isOver(): boolean {
    return OVER.has(this.targetStatus);
  }

  get succeeded(): number {
    return this.created + this.updated;
  }
}

export class Execution {
  readonly jobs: EntityJob[] = [];
  /** Questions about it that are still to be answered as if it did not exist. */
  unknownFor = 0;
  /** Of an export: name of the file that the package is in, once it is built. */
  packageFile = '';
  running = true;
  /** Somebody has stopped it: what is not written by then is not written. */
  canceled = false;
  /** Has left staging behind. */
  onTarget = false;
  /** What comes behind the import of a message has failed. */
  postProcessingFailed = false;
  /** Reads or writes workbooks, and no other may as long as it runs. */
  holdsExcel = false;
  /** Settled when it no longer runs. */
  finished: Promise<void> = Promise.resolve();
  /** Was not to be executed: an import stops at the staging tables, an export at its project. */
  notExecuted = false;

  constructor(
    readonly id: string,
    readonly group: string,
    readonly kind: 'Import' | 'Export',
  ) {}

  /** Nothing more is to be written. */
  get stopped(): boolean {
    return !this.running || this.canceled;
  }

  get status(): ExecutionStatus {
    if (this.running) return 'Executing';
    if (this.canceled) return 'Canceled';
    if (this.notExecuted) return 'NotRun';
    const { jobs } = this;
    if (jobs.every(({ faults }) => faults.length === 0)) return 'Succeeded';
    return jobs.some(({ succeeded }) => succeeded > 0) ? 'PartiallySucceeded' : 'Failed';
  }
}

/** A key value as the files of a package show it. */
export const keyText = (value: Value | undefined): string =>
  value === null || value === undefined ? '' : String(value);
