import type {
  Clock,
  CompiledMapping,
  Connector,
  EntityDescription,
  EventBus,
  LifecycleRunner,
  SentBatch,
  StateStore,
  TaskScope,
} from '@isthmus/core';
import type { Integration } from '../integration/index.js';
import type { ChangedRows, FollowedLookup } from './changed-rows.js';
import type { Execution } from './execution.js';
import type { Needs } from './needs.js';
import type { Break } from './circles.js';
import type { Selection } from './selection.js';
import type { DestinationLookups } from './look-up.js';
import type { Sight } from './sight.js';
import type { Tally } from './tally.js';

/** What every stage of a task works with. */
export interface TaskContext {
  readonly runId: string;
  readonly scope: TaskScope;
  /** Legal entities that the task takes one after the other; none where its rows are dealt with all together. */
  readonly legalEntities: readonly string[];
  /** The one of them that is being dealt with. */
  readonly legalEntity?: string;
  readonly integration: Integration;
  readonly mapping: CompiledMapping;
  readonly source: Connector;
  readonly destination: Connector;
  readonly destinationEntity: EntityDescription;
  readonly sourceEntity: EntityDescription | undefined;
  readonly store: StateStore;
  readonly events: EventBus;
  readonly lifecycle: LifecycleRunner;
  readonly execution: Execution;
  readonly tally: Tally;
  /** Records of this task were held back when it began. */
  readonly heldBefore: boolean;
  /** What the destination must hold for a record. */
  readonly needs: Needs;
  /** People have decided about rows of this task. */
  readonly ruled: boolean;
  /** What earlier runs have sent and did not live to hear about. */
  readonly unanswered: readonly (SentBatch & { readonly id: number })[];
  /** The part of the rows that the run is about. */
  readonly selection: Selection | undefined;
  /** Records that wait for each other in a circle, by source id. */
  readonly breaks?: ReadonlyMap<string, Break>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What the run has come across so far. */
  readonly changed: ChangedRows;
  /** Lookups of the mapping that lead to rows of other tasks. */
  readonly followed: readonly FollowedLookup[];
  /** What other tasks see of its rows; none where that cannot be told from the rows alone. */
  readonly sight: Sight | undefined;
  readonly lookups: DestinationLookups;
}
