import type { SourceRow } from '@isthmus/core';
import type { TaskContext } from './context.js';
import type { Decision } from './decide.js';
import { differentValues } from './differences.js';
import { removalOf } from './gone.js';
import { goneIn, goneRecord, rowOf } from './gone-records.js';
import { patiently } from './patience.js';
import type { TaskRecord } from './record.js';
import { settle } from './settle.js';
import { writeDown } from './write-down.js';

/**
 * Deletes or deactivates the rows. What is refused, because rows depend on it that come later, is tried again as long as
 * that helps.
 */
export async function removeGone(context: TaskContext): Promise<void> {
  for (let pass = 0, helps = true; helps; pass++) {
    let [done, refused] = [0, 0];
    for await (const page of goneIn(context)) {
      const due = pass === 0 ? page : page.filter(({ runId }) => runId === context.runId);
      if (pass > 0) context.tally.resumed(due.length, 'quarantined');
      const records = due.map((held) => goneRecord(context, held));
      await remove(context, records, await removalsOf(context, records));
      for (const { faults } of records)
        if (faults.length > 0) refused++;
        else done++;
    }
    helps = done > 0 && refused > 0;
  }
}

/** @param decisions those of `removalsOf`, as far as they are to be carried out */
export async function remove(
  context: TaskContext,
  records: readonly TaskRecord[],
  decisions: readonly Decision[],
): Promise<void> {
  if (records.length === 0) return;
  const { execution, tally } = context;
  tally.took(records.length);
  const sent = await writeDown(context, decisions);
  const secondLook = { decideAgain: (open: readonly TaskRecord[]) => removalsOf(context, open) };
  await execution.carryOut(context, secondLook, decisions);
  await forgiveWhereGone(context, records);
  await settle(context, records, sent);
}

/** What there is to do about the records. One whose row is not there, or is as wanted already, has its outcome after this. */
export async function removalsOf(context: TaskContext, records: readonly TaskRecord[]): Promise<Decision[]> {
  const { mapping, destinationEntity } = context;
  const deactivate = removalOf(mapping.entity)?.deactivate;
  const found = await findIn(context, records);
  return records.flatMap((record): Decision[] => {
    const present = found.get(record);
    const key = Object.fromEntries(mapping.key.map((field, i) => [field, record.keyValues[i] ?? null]));
    const place = destinationEntity.perLegalEntity ? { legalEntity: record.legalEntity } : {};
    if (!present) {
      record.outcome = deactivate ? 'unchanged' : 'deleted';
      return [];
    }
    record.mapped = rowOf(present);
    if (!deactivate) return [{ record, operation: { kind: 'delete', key, fields: {}, ...place }, present }];
    const different = Object.entries(deactivate).filter(([field, value]) =>
      differentValues(value, record.mapped[field] ?? null, destinationEntity.fields.get(field)?.type),
    );
    if (different.length > 0) {
      const fields = Object.fromEntries(different);
      return [{ record, operation: { kind: 'update', key, fields, ...place }, present }];
    }
    record.outcome = 'unchanged';
    return [];
  });
}

/** Somebody else was faster: a row that is gone from the destination too needs nothing done about it. */
async function forgiveWhereGone(context: TaskContext, records: readonly TaskRecord[]): Promise<void> {
  const refused = records.filter(({ faults }) => faults.length > 0);
  if (refused.length === 0) return;
  const found = await findIn(context, refused);
  for (const record of refused) {
    if (found.has(record)) continue;
    record.faults.length = 0;
    record.outcome = 'deleted';
  }
}

async function findIn(context: TaskContext, records: readonly TaskRecord[]): Promise<Map<TaskRecord, SourceRow>> {
  const { destination, mapping, destinationEntity, clock } = context;
  const { entity, key } = mapping;
  const deactivated = Object.keys(removalOf(entity)?.deactivate ?? {});
  const fields = [...new Set([...entity.fields.map(({ name }) => name), ...deactivated])];
  const existing = new Map<TaskRecord, SourceRow>();
  const legalEntities = new Set(
    records.map(({ legalEntity }) => (destinationEntity.perLegalEntity ? legalEntity : '')),
  );
  for (const legalEntity of legalEntities) {
    const group = records.filter((record) => legalEntity === '' || record.legalEntity === legalEntity);
    const place = legalEntity === '' ? {} : { legalEntity };
    const values = group.map(({ keyValues }) => keyValues);
    const query = { entity: entity.destination, key, values, fields, ...place };
    const found = await patiently(clock, () => destination.find(query));
    for (const record of group) {
      const row = found.get(record.key);
      if (row) existing.set(record, row);
    }
  }
  return existing;
}
