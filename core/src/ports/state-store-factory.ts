import type { StateStore } from './state-store.js';

export interface StateStoreFactory {
  open(settings: { readonly path: string }): Promise<StateStore>;
}
