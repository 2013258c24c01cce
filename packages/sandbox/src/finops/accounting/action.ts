import type { JsonObject } from '../../odata/index.js';
import type { Store } from '../../store/index.js';
import type { Entry } from '../rows.js';

/** What an action is handed. */
export interface ActionRequest {
  readonly store: Store;
  /** Of the parameter `legalEntityId`, or of the row. */
  readonly company: string;
  readonly parameters: JsonObject;
  /** The row of an action that is bound to one. */
  readonly row?: Entry;
}

/** Does its work and returns what it has to tell, or throws a {@link Stopped}. */
export type Action = (request: ActionRequest) => string;

/** Nothing was done, and why. */
export class Stopped {
  constructor(readonly reason: string) {}
}
