import type { AuditHead } from '@isthmus/core';
import { InvalidArgumentError } from 'commander';

/** Zero and above: a port, a seed. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

/** One and above: how many. */
export function positiveNumber(text: string): number {
  const number = wholeNumber(text);
  if (number === 0) throw new InvalidArgumentError('It must be above zero.');
  return number;
}

/** From 0 to 1. */
export function probability(text: string): number {
  if (!/^(?:0?\.\d{1,9}|0|1)$/.test(text))
    throw new InvalidArgumentError('It must be a number from 0 to 1, such as 0.1.');
  return Number(text);
}

/** Whole seconds, also below zero. */
export function seconds(text: string): number {
  if (!/^-?\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number of seconds.');
  return Number(text);
}

/** A day, in UTC, or a moment. @returns ISO 8601, UTC */
export function moment(text: string): string {
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(time))
    throw new InvalidArgumentError('It must be a day or a moment, such as 2026-11-01 or 2026-11-01T08:00Z.');
  return new Date(time).toISOString();
}

/** The head of an audit trail, as `audit verify` prints it. */
export function chainHead(text: string): AuditHead {
  const [, number, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (!number || !hash)
    throw new InvalidArgumentError('It must be a number, a colon and a hash, as `audit verify` prints them.');
  return { number: Number(number), hash };
}
