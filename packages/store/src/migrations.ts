import type { Database } from './database.js';
import { storeErrors } from './errors.js';

/** `ISTH`: tells our files from other programs' (https://sqlite.org/pragma.html#pragma_application_id). */
const APPLICATION_ID = 0x49535448;

/** Step n leads from format n to format n + 1. A step that has been released is never edited. */
const STEPS: readonly string[] = [
  `
  CREATE TABLE scope (
    id INTEGER PRIMARY KEY,
    integration TEXT NOT NULL,
    task TEXT NOT NULL,
    UNIQUE (integration, task)
  ) STRICT;

  -- Rows are appended and found through two narrow indexes. Clustering by source_id, mostly random GUIDs, would
  -- rewrite three times as many pages per batch.
  CREATE TABLE cross_reference (
    id INTEGER PRIMARY KEY,
    scope INTEGER NOT NULL,
    source_id TEXT NOT NULL,
    legal_entity TEXT NOT NULL,
    destination_key TEXT NOT NULL,
    key_values TEXT NOT NULL, -- JSON
    hash TEXT NOT NULL,
    UNIQUE (scope, source_id)
  ) STRICT;
  CREATE INDEX cross_reference_by_destination ON cross_reference (scope, legal_entity, destination_key);

  -- AUTOINCREMENT: an id is never given twice, so that a walk in the order of ids misses nothing.
  CREATE TABLE held (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    scope INTEGER NOT NULL REFERENCES scope,
    source_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('deferred', 'quarantined')),
    record_key TEXT NOT NULL,
    legal_entity TEXT NOT NULL,
    awaited_integration TEXT,
    awaited_task TEXT,
    awaited_by TEXT CHECK (awaited_by IN ('key', 'source')),
    awaited_key TEXT,
    code TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    run_id TEXT NOT NULL,
    since TEXT NOT NULL,
    source TEXT NOT NULL, -- JSON
    mapped TEXT, -- JSON
    errors TEXT NOT NULL, -- JSON
    UNIQUE (source_id, scope)
  ) STRICT;
  CREATE INDEX held_by_scope ON held (scope, id, state);
  CREATE INDEX held_by_run ON held (run_id);
  -- All that ready() looks at, so that it reads the payload of no record that still waits.
  CREATE INDEX held_waiting ON held (
    scope, id, awaited_integration, awaited_task, awaited_by, legal_entity, awaited_key
  ) WHERE state = 'deferred';

  CREATE TABLE run (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    integrations TEXT NOT NULL, -- JSON
    status TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    balanced INTEGER,
    error TEXT -- JSON
  ) STRICT;
  CREATE INDEX run_by_start ON run (started_at, number);

  CREATE TABLE task_run (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run,
    integration TEXT NOT NULL,
    task TEXT NOT NULL,
    record TEXT NOT NULL, -- JSON
    UNIQUE (run, integration, task)
  ) STRICT;

  CREATE TABLE checkpoint (
    scope INTEGER PRIMARY KEY REFERENCES scope,
    token TEXT,
    fingerprint TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE lease (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    since TEXT NOT NULL,
    expires_at REAL NOT NULL -- milliseconds since 1970, UTC
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- AUTOINCREMENT: the highest number ever given is remembered apart, so that a trail that was cut shows.
  CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    details TEXT NOT NULL, -- JSON
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
  BEGIN SELECT raise(ABORT, 'the audit trail is only appended to'); END;
  CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
  BEGIN SELECT raise(ABORT, 'the audit trail is only appended to'); END;
  CREATE TRIGGER audit_is_chained BEFORE INSERT ON audit
  WHEN NEW.previous IS NOT coalesce((SELECT hash FROM audit ORDER BY number DESC LIMIT 1), '')
  BEGIN SELECT raise(ABORT, 'an entry of the audit trail follows the last one'); END;
  `,
  `
  CREATE TABLE identity (id TEXT NOT NULL) STRICT;
  INSERT INTO identity VALUES (lower(hex(randomblob(16))));

  CREATE TABLE plan (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    checkpoints TEXT NOT NULL, -- JSON
    applied_by TEXT
  ) STRICT;
  `,
  `
  CREATE TABLE incident (
    integration TEXT NOT NULL,
    kind TEXT NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (integration, kind)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE dispatch (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL,
    message TEXT NOT NULL, -- JSON
    attempts INTEGER NOT NULL,
    not_before REAL NOT NULL -- milliseconds since 1970, UTC
  ) STRICT;
  `,
  `
  ALTER TABLE held ADD COLUMN again INTEGER NOT NULL DEFAULT 0;
  -- The awaited row has a cross-reference. Kept up to date by whoever writes either of the two, so that records which
  -- still wait are never looked at.
  ALTER TABLE held ADD COLUMN arrived INTEGER NOT NULL DEFAULT 0;
  UPDATE held SET again = 1 WHERE code = 'RECORD_KEY_DOUBLE' OR errors ->> '$[0].recovery' = 'retry';
  -- Looked at once by the next run, and deferred anew where it comes too early.
  UPDATE held SET arrived = 1 WHERE state = 'deferred';
  DROP INDEX held_waiting;
  CREATE INDEX held_arrived ON held (scope, id) WHERE arrived = 1;
  CREATE INDEX held_again ON held (scope, id) WHERE again = 1;
  CREATE INDEX held_awaited ON held (
    awaited_task, awaited_key, awaited_by, awaited_integration, legal_entity
  ) WHERE state = 'deferred';
  CREATE INDEX held_by_key ON held (record_key COLLATE NOCASE);

  CREATE TABLE ruling (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    scope INTEGER NOT NULL REFERENCES scope,
    source_id TEXT NOT NULL,
    record_key TEXT NOT NULL,
    legal_entity TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('edit', 'drop')),
    fields TEXT, -- JSON
    source_hash TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (scope, source_id)
  ) STRICT;

  CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    scope INTEGER NOT NULL REFERENCES scope,
    run_id TEXT NOT NULL,
    source_ids TEXT NOT NULL, -- JSON
    at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX journal_by_scope ON journal (scope);

  -- The present checkpoint of a task is its last one.
  ALTER TABLE checkpoint RENAME TO first_checkpoint;
  CREATE TABLE checkpoint (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    scope INTEGER NOT NULL REFERENCES scope,
    token TEXT,
    fingerprint TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX checkpoint_by_scope ON checkpoint (scope, id);
  INSERT INTO checkpoint (scope, token, fingerprint, at) SELECT scope, token, fingerprint, at FROM first_checkpoint;
  DROP TABLE first_checkpoint;

  -- What changes by hand have replaced.
  CREATE TABLE state_change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    action TEXT NOT NULL,
    tasks TEXT NOT NULL, -- JSON
    kinds TEXT NOT NULL, -- JSON
    at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE state_entry (
    id INTEGER PRIMARY KEY,
    change INTEGER NOT NULL REFERENCES state_change,
    scope INTEGER NOT NULL REFERENCES scope,
    kind TEXT NOT NULL,
    value TEXT NOT NULL -- JSON
  ) STRICT;
  CREATE INDEX state_entry_by_change ON state_entry (change, kind);

  `,
  `
  -- The awaited row may lie in another legal entity than the record that waits.
  ALTER TABLE held ADD COLUMN awaited_legal_entity TEXT;
  UPDATE held SET awaited_legal_entity = legal_entity WHERE awaited_task IS NOT NULL;
  DROP INDEX held_awaited;
  CREATE INDEX held_awaited ON held (
    awaited_task, awaited_key, awaited_by, awaited_integration, awaited_legal_entity
  ) WHERE state = 'deferred';

  CREATE TABLE held_tally (
    scope INTEGER NOT NULL REFERENCES scope,
    state TEXT NOT NULL,
    records INTEGER NOT NULL,
    PRIMARY KEY (scope, state)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO held_tally SELECT scope, state, count(*) FROM held GROUP BY scope, state;
  CREATE TRIGGER held_comes AFTER INSERT ON held BEGIN
    INSERT INTO held_tally VALUES (NEW.scope, NEW.state, 1) ON CONFLICT DO UPDATE SET records = records + 1;
  END;
  CREATE TRIGGER held_goes AFTER DELETE ON held BEGIN
    UPDATE held_tally SET records = records - 1 WHERE scope = OLD.scope AND state = OLD.state;
  END;
  CREATE TRIGGER held_turns AFTER UPDATE OF state ON held WHEN NEW.state <> OLD.state BEGIN
    UPDATE held_tally SET records = records - 1 WHERE scope = OLD.scope AND state = OLD.state;
    INSERT INTO held_tally VALUES (NEW.scope, NEW.state, 1) ON CONFLICT DO UPDATE SET records = records + 1;
  END;
  `,
  `
  -- The source row is gone, and the row of the destination is still to be dealt with.
  ALTER TABLE held ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX held_gone ON held (scope, id) WHERE gone = 1;
  `,
  `
  -- What rows look like to those that refer to them.
  CREATE TABLE digest (
    scope INTEGER NOT NULL REFERENCES scope,
    source_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (scope, source_id)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Fields that both sides may change: what each had when they last agreed.
  ALTER TABLE cross_reference ADD COLUMN agreed TEXT; -- JSON
  `,
];

/** Brings the store to the current format, in one transaction. One that has it is not written to. */
export function migrate(db: Database): void {
  if (checkFormat(db) === STEPS.length) return;
  db.transaction(() => {
    for (const step of STEPS.slice(checkFormat(db))) db.execute(step);
    db.execute(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${STEPS.length}`);
  });
}

interface Header {
  readonly applicationId: number;
  readonly format: number;
  readonly tables: number;
}

/**
 * Refuses what must not be touched. Writes nothing.
 *
 * @returns the format, 0 for a file that is new
 */
export function checkFormat(db: Database): number {
  // In one statement, which sees one state: another process may be creating the store at this moment.
  const [header] = db.query<Header>(`
    SELECT json_object('applicationId', application_id, 'format', user_version, 'tables', count(name))
    FROM pragma_application_id, pragma_user_version LEFT JOIN sqlite_schema`)();
  const { applicationId, format, tables } = header ?? { applicationId: 0, format: 0, tables: 0 };
  if (applicationId !== APPLICATION_ID && (format > 0 || tables > 0)) {
    throw storeErrors.STORE_NOT_A_STORE({ path: db.path });
  }
  if (format > STEPS.length) {
    throw storeErrors.STORE_NEWER_VERSION({ path: db.path, found: format, known: STEPS.length });
  }
  return format;
}
