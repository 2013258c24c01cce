import type { StateStore } from './state-store.js';

export interface StateStoreFactory {
  open(settings: StateStoreSettings): Promise<StateStore>;
}

export interface StateStoreSettings {
  readonly path: string;
  /** Whom the audit trail names; by default the user of the process and its machine. */
  readonly actor?: string;
}
