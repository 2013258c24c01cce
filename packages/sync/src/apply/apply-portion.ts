import type { SourceRow } from '@isthmus/core';
import type { PlanEntry } from '../plan/index.js';
import {
  applyRulings,
  forget,
  judge,
  mapRow,
  rowsWithIds,
  settle,
  sourceIdOf,
  writeDown,
  type Break,
  type Decider,
  type TaskContext,
} from '../task/index.js';
import { driftOf, type Candidate } from './drift.js';

/**
 * Reads the rows of the entries again, decides them anew, and carries out what comes to the same as the plan. At the first
 * one that does not, everything before it is done first: it may wait for one of those. If it still does not, it has drifted.
 *
 * @throws PLAN_DRIFTED
 */
export async function applyPortion(task: TaskContext, decider: Decider, entries: readonly PlanEntry[]): Promise<void> {
  const context = { ...task, breaks: breaksIn(entries) };
  const rows = await rowsOf(context, entries);
  for (let open = entries; open.length > 0;) {
    context.signal.throwIfAborted();
    const { candidates, done } = await decide(context, decider, open, rows);
    const first = candidates.findIndex((candidate) => driftOf(context, candidate) !== undefined);
    const fitting = first < 0 ? candidates : candidates.slice(0, first);
    const [drifted] = candidates;
    if (fitting.length === 0 && drifted) throw driftOf(context, drifted) ?? drifted;
    await carryOut(context, decider, fitting);
    done();
    open = open.slice(fitting.length);
  }
}

/** Only a run sees that records wait for each other in a circle: what is done about it is part of the plan. */
const breaksIn = (entries: readonly PlanEntry[]): ReadonlyMap<string, Break> =>
  new Map(entries.flatMap(({ sourceId, broken }) => (broken ? [[sourceId, broken] as const] : [])));

/** The rows of the entries that the source has, by source id. */
export async function rowsOf(context: TaskContext, entries: readonly PlanEntry[]): Promise<Map<string, SourceRow>> {
  const ids = entries.map(({ sourceId }) => sourceId);
  const rows = new Map<string, SourceRow>();
  for await (const page of rowsWithIds(context, ids)) {
    for (const row of page) rows.set(sourceIdOf(context, context.mapping.sourceId(row)), row);
  }
  return rows;
}

async function decide(
  context: TaskContext,
  decider: Decider,
  entries: readonly PlanEntry[],
  rows: ReadonlyMap<string, SourceRow>,
): Promise<{ candidates: Candidate[]; done: () => void }> {
  const found = entries.map((entry) => {
    const row = rows.get(entry.sourceId);
    return { entry, record: row && mapRow(context, row) };
  });
  const records = found.flatMap(({ record }) => record ?? []);
  await applyRulings(context, records);
  const { sound, decisions } = await judge(context, decider, records);
  const byRecord = new Map(decisions.map((decision) => [decision.record, decision]));
  const candidates = found.map(({ entry, record }) => ({ entry, record, decision: record && byRecord.get(record) }));
  return { candidates, done: () => decider.settled(sound) };
}

async function carryOut(context: TaskContext, decider: Decider, candidates: readonly Candidate[]): Promise<void> {
  const writes = candidates.filter(({ entry, record, decision }) => {
    // Delivered with this very content before: what the destination has made of it since was not looked at then, either.
    if (entry.action === 'release' && record && decision) record.outcome = 'unchanged';
    return entry.action !== 'release';
  });
  const decisions = writes.flatMap(({ decision }) => decision ?? []);
  const sent = await writeDown(context, decisions);
  await context.execution.carryOut(context, decider, decisions);
  const records = candidates.flatMap(({ record }) => record ?? []);
  context.tally.took(records.length);
  await settle(context, records, sent);
  const gone = candidates.filter(({ record }) => record === undefined).map(({ entry }) => entry.sourceId);
  await forget(context, gone);
}
