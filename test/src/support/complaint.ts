import { expect } from 'chai';
import type { Ended } from './isthmus.js';

export interface Complaint {
  /** 1 failed, 2 wrong usage or configuration. */
  readonly status: 1 | 2;
  readonly code: string;
  /** What the message and the remedy must say. */
  readonly says: RegExp;
}

const CODE_LINE = /^[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+: .+$/gm;
const REMEDY_LINE = /^\s*remedy: \S.{9,}$/gm;
const STACK_LINE = /^\s+at .*:\d+/m;

/**
 * The command has failed with one clear error: code, message and remedy on standard error, and no stack trace. Warnings,
 * which begin with an exclamation mark, may come before it.
 */
export function expectComplaint({ status, stdout, stderr }: Ended, complaint: Complaint): void {
  const codes = stderr.match(CODE_LINE) ?? [];
  expect(codes, stderr).to.have.length(1);
  expect(codes[0]).to.match(new RegExp(`^${complaint.code}: `));
  const error = stderr.slice(stderr.search(CODE_LINE));
  expect(error.match(REMEDY_LINE) ?? [], stderr).to.have.length(1);
  expect(stderr).to.match(complaint.says);
  expectNoStack(stderr);
  expectNoStack(stdout);
  expect(status, stderr).to.equal(complaint.status);
}

export function expectNoStack(text: string): void {
  expect(text).not.to.match(STACK_LINE);
  expect(text).not.to.match(/node:internal|CLI_UNEXPECTED/);
}
