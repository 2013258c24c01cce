import { BatchSize } from './batch-size.js';
import { Budget } from './budget.js';
import { Circuit } from './circuit.js';

/** One system as one identity meets it: what is learnt by one client holds for all of the process. */
export class Target {
  readonly budget = new Budget();
  readonly circuit = new Circuit();
  private readonly sizes = new Map<string, BatchSize>();

  /** @param entity what is light for one is heavy for another */
  batchSize(entity: string): BatchSize {
    const known = this.sizes.get(entity) ?? new BatchSize();
    this.sizes.set(entity, known);
    return known;
  }
}

/** Process-wide and found by a registered symbol: two loaded copies of this package still share one budget per target. */
const TARGETS = Symbol.for('isthmus.odata-targets@2');
const targets: Map<string, Target> = ((globalThis as Record<symbol, unknown>)[TARGETS] ??= new Map()) as Map<
  string,
  Target
>;

/** Kept for the life of the process: a pause outlives the client that was told of it. */
export function targetOf(origin: string, identity: string): Target {
  const key = `${origin} ${identity}`;
  const known = targets.get(key) ?? new Target();
  targets.set(key, known);
  return known;
}
