import type {
  CompiledMapping,
  Connector,
  EntityDescription,
  EventBus,
  LifecycleRunner,
  StateStore,
  TaskScope,
} from '@isthmus/core';
import type { Integration } from '../integration/index.js';
import type { Tally } from './tally.js';

/** What every stage of a task works with. */
export interface TaskContext {
  readonly runId: string;
  readonly scope: TaskScope;
  readonly integration: Integration;
  readonly mapping: CompiledMapping;
  readonly source: Connector;
  readonly destination: Connector;
  readonly destinationEntity: EntityDescription;
  readonly store: StateStore;
  readonly events: EventBus;
  readonly lifecycle: LifecycleRunner;
  readonly tally: Tally;
  /** Records of this task were held back when it began. */
  readonly heldBefore: boolean;
  readonly signal: AbortSignal;
}
