import type { StateKind } from '@isthmus/core';
import { HAS_ARRIVED, HELD_RECORD } from './held.js';
import { RULING } from './rulings.js';

/** How one kind of what is remembered of a task leaves its table, and comes back into it. */
export interface KindOfState {
  readonly kind: StateKind;
  readonly table: string;
  /** JSON of the row `h`, whose scope is `s`. */
  readonly json: string;
  /** Takes `e`, with the columns `scope` and `value`, in the order of `e.id`. */
  readonly fill: string;
}

const ENTRIES = 'FROM temp_entry AS e WHERE e.kind = ?1 ORDER BY e.id';

export const KINDS: readonly KindOfState[] = [
  {
    kind: 'checkpoint',
    table: 'checkpoint',
    json: `json_object('token', h.token, 'fingerprint', h.fingerprint, 'at', h.at)`,
    fill: `INSERT INTO checkpoint (scope, token, fingerprint, at)
      SELECT e.scope, e.value ->> 'token', e.value ->> 'fingerprint', e.value ->> 'at' ${ENTRIES}`,
  },
  {
    kind: 'reference',
    table: 'cross_reference',
    json: `json_object('sourceId', h.source_id, 'legalEntity', h.legal_entity, 'destinationKey', h.destination_key,
      'keyValues', json(h.key_values), 'hash', h.hash, 'agreed', json(h.agreed))`,
    fill: `INSERT INTO cross_reference (scope, source_id, legal_entity, destination_key, key_values, hash, agreed)
      SELECT e.scope, e.value ->> 'sourceId', e.value ->> 'legalEntity', e.value ->> 'destinationKey',
        e.value -> 'keyValues', e.value ->> 'hash', nullif(e.value -> 'agreed', 'null') ${ENTRIES}`,
  },
  {
    kind: 'held',
    table: 'held',
    json: `json_object(${HELD_RECORD})`,
    fill: `INSERT INTO held (scope, source_id, state, record_key, legal_entity, awaited_integration, awaited_task,
        awaited_by, awaited_key, awaited_legal_entity, arrived, again, gone, code, attempts, run_id, since, source, mapped,
        errors)
      SELECT e.scope, e.value ->> 'sourceId', e.value ->> 'state', e.value ->> 'key', e.value ->> 'legalEntity',
        e.value ->> '$.waitsFor.integration', e.value ->> '$.waitsFor.task', e.value ->> '$.waitsFor.by',
        e.value ->> '$.waitsFor.key', e.value ->> '$.waitsFor.legalEntity', 0, e.value ->> 'again',
        coalesce(e.value ->> 'gone', 0), e.value ->> 'code', e.value ->> 'attempts', e.value ->> 'runId', e.value ->> 'since', e.value -> 'source', e.value -> 'mapped', e.value -> 'errors'
      ${ENTRIES}`,
  },
  {
    kind: 'ruling',
    table: 'ruling',
    json: `json_object(${RULING})`,
    fill: `INSERT INTO ruling (scope, source_id, record_key, legal_entity, kind, fields, source_hash, reason, decided_by, at)
      SELECT e.scope, e.value ->> 'sourceId', e.value ->> 'key', e.value ->> 'legalEntity', e.value ->> 'kind',
        e.value -> 'fields', e.value ->> 'sourceHash', e.value ->> 'reason', e.value ->> 'by', e.value ->> 'at'
      ${ENTRIES}`,
  },
];

/** Whoever waits for a row that came or went with the change is told so. */
export const TELL_THE_WAITING = `UPDATE held AS h SET arrived = (${HAS_ARRIVED}) WHERE h.state = 'deferred'`;
