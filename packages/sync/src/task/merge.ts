import type {
  Agreement,
  Agreements,
  CompiledMapping,
  FieldDescription,
  FieldMaster,
  MappedRow,
  Value,
} from '@isthmus/core';
import { differentValues } from './differences.js';

/** A field that both sides have changed since they last agreed. */
export interface ConflictingField {
  readonly field: string;
  /** What both had then; undefined where they never agreed. */
  readonly last?: Value;
  readonly source: Value;
  readonly destination: Value;
  /** Whose value holds; undefined where a person has to decide. */
  readonly kept?: 'source' | 'destination';
}

/** One record as both sides have it. */
interface Compared {
  readonly mapped: MappedRow;
  /** Fields of `mapped` whose value in the destination is another one. */
  readonly changes: MappedRow;
  /** A value of the destination, in the mapping's spelling. */
  readonly present: (field: string) => Value;
  /** What they agreed on the last time. */
  readonly agreed: Agreements | undefined;
}

interface Merged {
  /** What is to be written. */
  readonly changes: MappedRow;
  readonly agreed: Agreements;
  readonly conflicts: readonly ConflictingField[];
}

/**
 * Compares the fields that both sides may change with what they last agreed on: where one has changed, its value holds;
 * where both have, to different values, there is a conflict. Fields without a master are the source's.
 */
export function merge(
  { masters }: Pick<CompiledMapping, 'masters'>,
  fields: ReadonlyMap<string, Pick<FieldDescription, 'type'>>,
  { mapped, changes, present, agreed }: Compared,
): Merged {
  const leftAlone = new Set<string>();
  const next: Record<string, Agreement> = {};
  const conflicts: ConflictingField[] = [];
  for (const [field, master] of masters) {
    const now = { source: mapped[field] ?? null, destination: present(field) };
    if (!(field in changes)) {
      next[field] = now;
      continue;
    }
    const last = agreed?.[field];
    const verdict = compare(now, last, master, fields.get(field)?.type);
    if (verdict.conflict) {
      conflicts.push({ field, ...lastOf(last), ...now, ...(verdict.kept ? { kept: verdict.kept } : {}) });
    }
    if (verdict.kept === 'source') next[field] = { source: now.source, destination: now.source };
    else {
      leftAlone.add(field);
      const left = verdict.conflict && verdict.kept ? now : last;
      if (left) next[field] = left;
    }
  }
  const written = Object.entries(changes).filter(([field]) => !leftAlone.has(field));
  return { changes: Object.fromEntries(written), agreed: next, conflicts };
}

type Both = Required<Agreement>;

function compare(
  now: Both,
  last: Agreement | undefined,
  master: FieldMaster,
  type: FieldDescription['type'] | undefined,
): { readonly kept?: 'source' | 'destination'; readonly conflict?: true } {
  const changed = (side: keyof Both): boolean => {
    const then = last?.[side];
    return then === undefined || differentValues(now[side], then, type);
  };
  // Whatever the destination has by now, the source says nothing new.
  if (!changed('source')) return { kept: 'destination' };
  if (!changed('destination')) return { kept: 'source' };
  return master === 'ask' ? { conflict: true } : { conflict: true, kept: master };
}

function lastOf(last: Agreement | undefined): Pick<ConflictingField, 'last'> {
  const value = last?.source ?? last?.destination;
  return value === undefined ? {} : { last: value };
}
