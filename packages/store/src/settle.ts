import type { Settlement } from '@isthmus/core';
import { crossReferenceWriter } from './cross-references.js';
import type { Database } from './database.js';
import { fences } from './fence.js';
import { heldRecordWriter } from './held.js';
import { journalWriter } from './journal.js';
import { rulingWriter } from './rulings.js';
import { scopes } from './scopes.js';

/** @returns what remembers a batch as a whole, or not at all */
export function settling(db: Database): (settlement: Settlement) => void {
  const addScope = scopes(db);
  const requireLease = fences(db);
  const references = crossReferenceWriter(db);
  const held = heldRecordWriter(db);
  const rulings = rulingWriter(db);
  const journal = journalWriter(db);

  return (settlement) =>
    db.transaction(() => {
      const { lifted = [], answers = [] } = settlement;
      requireLease(settlement.lease);
      addScope(settlement);
      if (settlement.forgotten.length > 0) references.forget(settlement, settlement.forgotten);
      if (settlement.crossReferences.length > 0) references.put(settlement, settlement.crossReferences);
      if (settlement.released.length > 0) held.release(settlement, settlement.released);
      if (settlement.held.length > 0) held.put(settlement, settlement.runId, settlement.held);
      if (lifted.length > 0) rulings.lift(settlement, lifted);
      if (answers.length > 0) journal.answer(answers);
    });
}
