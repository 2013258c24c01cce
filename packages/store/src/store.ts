import type { StateStore } from '@isthmus/core';
import { auditTrail } from './audit-trail.js';
import { checkpoints } from './checkpoints.js';
import { crossReferences } from './cross-references.js';
import type { Database } from './database.js';
import { digests } from './digests.js';
import { draftOf } from './draft.js';
import { heldRecords } from './held.js';
import { incidents } from './incidents.js';
import { journal } from './journal.js';
import { keptState } from './kept-state.js';
import { leases } from './leases.js';
import { savedPlans } from './plans.js';
import { rulings } from './rulings.js';
import { runHistory } from './runs.js';
import { settling } from './settle.js';

/** The port on a database that is open and migrated. */
export function storeOn(db: Database, actor: string): StateStore {
  const settle = settling(db);
  const [identity = ''] = db.query<string>('SELECT json_quote(id) FROM identity')();
  return {
    identity,
    runs: runHistory(db),
    crossReferences: crossReferences(db),
    held: heldRecords(db),
    rulings: rulings(db),
    checkpoints: checkpoints(db),
    digests: digests(db),
    journal: journal(db),
    leases: leases(db),
    audit: auditTrail(db, actor),
    incidents: incidents(db),
    plans: savedPlans(db),
    draft: () => draftOf(db, (copy) => storeOn(copy, actor)),
    state: keptState(db),
    async settle(settlement) {
      settle(settlement);
    },
    async close() {
      db.close();
    },
  };
}
