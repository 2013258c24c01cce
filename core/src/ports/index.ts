export { AUDIT_ACTIONS } from './audit-trail.js';
export type {
  AuditAction,
  AuditEntry,
  AuditFilter,
  AuditHead,
  AuditNote,
  AuditTrail,
  AuditVerdict,
} from './audit-trail.js';
export type { Clock } from './clock.js';
export type { ConfigurationSection } from './configuration-section.js';
export type { ConnectionSettings, ConnectorFactory, ConnectorServices } from './connector-factory.js';
export { keyText } from './connector.js';
export type {
  ActionCall,
  Connector,
  EntityDescription,
  FieldDescription,
  FieldType,
  FindQuery,
  HealthCheck,
  Page,
  ReadQuery,
  WriteBatch,
  WriteOperation,
  WriteOutcome,
} from './connector.js';
export type { SavedPlan, SavedPlans } from './plans.js';
export type { Dispatch, Incident, Incidents, WaitingDispatch } from './incidents.js';
export type { SecretSource } from './secret-source.js';
export type { StateStoreFactory, StateStoreSettings } from './state-store-factory.js';
export type { AwaitedRow, HeldFilter, HeldOutline, HeldRecord, HeldRecords, Ruling, Rulings } from './held-records.js';
export type { Digests } from './digests.js';
export type { KeptState, StateChange, StateEntry, StateKind } from './kept-state.js';
export type {
  Agreement,
  Agreements,
  Checkpoint,
  Checkpoints,
  CrossReference,
  CrossReferences,
  Delivered,
  Journal,
  Lease,
  Leases,
  RunHistory,
  SentBatch,
  Settlement,
  StateStore,
} from './state-store.js';
export type { CachedText, TextCache } from './text-cache.js';
