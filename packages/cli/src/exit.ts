import { isIsthmusError, type RunStatus } from '@isthmus/core';

/** What a script learns from the command's exit status. */
export const EXIT = {
  done: 0,
  failed: 1,
  /** Wrong usage or configuration: nothing was attempted. */
  usage: 2,
  /** Finished, but records are quarantined or still waiting. */
  held: 3,
  /** A plan has something to write. */
  changes: 4,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Topics of what is put right in the command line, in the rc file or by installing something. */
const TOPICS = /^(CLI|CONFIG|SECRET|PLUGIN|PACKAGE|TEMPLATE|MAPPING|CONTAINER)_/;
const ALSO = new Set([
  'INTEGRATION_UNKNOWN',
  'INTEGRATION_ROLE_MISSING',
  'SERVICE_NOTHING_SCHEDULED',
  'SANDBOX_HOST_NOT_LOOPBACK',
  'SANDBOX_OPTION_INVALID',
  'PLAN_NOT_A_PLAN',
  'PLAN_FORMAT_UNKNOWN',
  'PLAN_ALTERED',
  'PLAN_OTHER_STORE',
  'PLAN_OTHER_VERSION',
  'PLAN_OUTDATED',
]);
const BUT_NOT = new Set(['CLI_UNEXPECTED', 'CLI_FILE_NOT_WRITTEN']);

/** Of a command that something has stopped. */
export const exitCodeFor = (thrown: unknown): ExitCode =>
  isIsthmusError(thrown) && (TOPICS.test(thrown.code) || ALSO.has(thrown.code)) && !BUT_NOT.has(thrown.code)
    ? EXIT.usage
    : EXIT.failed;

/** Of a run that has come to an end. */
export const exitCodeOf: Readonly<Record<RunStatus, ExitCode>> = {
  succeeded: EXIT.done,
  warning: EXIT.held,
  failed: EXIT.failed,
  running: EXIT.failed,
};
