import { describePlace, type HealthCheck, type IsthmusError } from '@isthmus/core';
import { asIsthmusError, faultsOf } from '../output/index.js';

/** Stable shape of `doctor --json`: a list of these. */
export interface Finding {
  readonly section: Section;
  readonly name: string;
  readonly status: HealthCheck['status'];
  readonly message: string;
  readonly remedy: string | null;
}

export type Section =
  'versions' | 'rc file' | 'plugins' | 'configuration' | 'store' | 'connections' | 'mapping' | 'prerequisites';

export const ok = (section: Section, name: string, message: string): Finding => ({
  section,
  name,
  status: 'ok',
  message,
  remedy: null,
});

export const fromCheck = (section: Section, check: HealthCheck, name = check.name): Finding => ({
  section,
  name,
  status: check.status,
  message: check.message,
  remedy: check.remedy ?? null,
});

/** One finding for each fault that the error stands for. */
export const fromFailure = (section: Section, name: string, thrown: unknown): Finding[] =>
  faultsOf(asIsthmusError(thrown)).map((fault) => fromError(section, name, fault, 'failed'));

export const fromError = (section: Section, name: string, error: IsthmusError, status: Finding['status']): Finding => {
  const where = describePlace(error.place);
  const message = `${error.code}: ${error.message}${where ? ` (${where})` : ''}`;
  return { section, name, status, message, remedy: error.remedy };
};
