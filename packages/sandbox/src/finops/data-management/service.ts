import type { JsonObject, ODataRequest, ODataResponse } from '../../odata/index.js';
import { NAMESPACE } from '../dialect.js';
import { ACTION_SET, perform, type ActionValue } from './actions.js';
import type { Caller } from './caller.js';
import { BLOB_ROOT } from './blobs.js';
import { DataManagement } from './framework.js';
import type { DataManagementOptions } from './options.js';
import type { Target } from './import/index.js';
import { CONNECTOR_ROOT, RecurringIntegrations } from './recurring.js';

const ACTION_PATH = new RegExp(`^/data/${ACTION_SET}/${NAMESPACE}\\.`);

/** The ways into data management: actions, the blob endpoint, recurring integrations. */
export class DataManagementService {
  readonly framework: DataManagement;
  readonly recurring: RecurringIntegrations;

  constructor(target: Target, options: DataManagementOptions, now: () => number) {
    this.framework = new DataManagement(target, options, now);
    this.recurring = new RecurringIntegrations(this.framework, now);
  }

  /** Blobs are behind signed addresses, and ask for no token. */
  static isSigned(url: string): boolean {
    return url.startsWith(BLOB_ROOT);
  }

  /** Data management is exempt from throttling, by whatever way it is called. */
  static isDataManagement(url: string): boolean {
    return DataManagementService.isSigned(url) || CONNECTOR_ROOT.test(url) || ACTION_PATH.test(url);
  }

  /** @returns undefined where the address is none of data management's @throws Refusal */
  handle(request: ODataRequest, caller: Caller): ODataResponse | undefined {
    if (DataManagementService.isSigned(request.url)) return this.framework.blobs.handle(request);
    return CONNECTOR_ROOT.test(request.url) ? this.recurring.handle(request, caller) : undefined;
  }

  /** @returns undefined where there is no such action @throws Refusal */
  perform(action: string, parameters: JsonObject, caller: Caller): ActionValue | undefined {
    return perform(this, action, parameters, caller);
  }

  close(): void {
    this.framework.executions.close();
  }
}
