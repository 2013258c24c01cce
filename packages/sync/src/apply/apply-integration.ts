import type { SavedPlan, StateStore } from '@isthmus/core';
import { syncErrors } from '../errors.js';
import type { Integration } from '../integration/index.js';
import { checkpointMark, type PlanEntry, type PlanFile, type PlannedIntegration } from '../plan/index.js';
import type { Engine, Opinion } from '../run/index.js';
import { BATCH, Decider, isPartOf, partsOf, waitForStragglers, withFigures, type TaskContext } from '../task/index.js';
import { applyPortion } from './apply-portion.js';
import { applyRemovals, isRemoval } from './apply-removals.js';

/** Carries out what the plan has for one integration, task by task, as a run would. */
export async function applyIntegration(
  engine: Engine,
  plan: PlanFile,
  integration: Integration,
  lost: AbortSignal,
): Promise<Opinion> {
  const found = await engine.prepare(integration);
  const portions = plan.portions(integration.name, BATCH);
  for (let portion = await portions.next(); !portion.done; portion = await portions.next()) {
    const { task } = portion.value;
    const entity = integration.tasks.find((each) => each.task === task);
    if (!entity) throw syncErrors.PLAN_OUTDATED({ what: `there is no task ${task}` });
    const context = await engine.contextOf(integration, entity, found, lost);
    await context.events.within(context.scope, () =>
      withFigures(context, { mode: 'changes', reason: 'as planned' }, async () => {
        await waitForStragglers(context);
        const parts = partsOf(context).map((part) => ({ part, decider: new Decider(part, false) }));
        for (let last = false; !last && !portion.done;) {
          await applyParts(parts, portion.value.entries);
          last = portion.value.last;
          if (!last) portion = await portions.next();
        }
      }),
    );
  }
  return engine.conclude(integration);
}

interface Part {
  readonly part: TaskContext;
  readonly decider: Decider;
}

/** In the order of the plan, which takes the legal entities one after the other where the task does. */
async function applyParts(parts: readonly Part[], entries: readonly PlanEntry[]): Promise<void> {
  const of = ({ sourceId }: PlanEntry) => parts.find(({ part }) => isPartOf(part, sourceId));
  for (let from = 0; from < entries.length;) {
    const [first] = entries.slice(from, from + 1);
    const own = first && of(first);
    if (!own)
      throw syncErrors.PLAN_OUTDATED({ what: `the legal entity of ${first?.record} is none of the organisations` });
    const end = entries.findIndex(
      (entry, i) => i > from && (of(entry) !== own || isRemoval(entry) !== isRemoval(first)),
    );
    const to = end < 0 ? entries.length : end;
    if (isRemoval(first)) await applyRemovals(own.part, entries.slice(from, to));
    else await applyPortion(own.part, own.decider, entries.slice(from, to));
    from = to;
  }
}

/** Goes on from where the plan had read to, unless another run has gone on since. */
export async function saveCheckpoints(
  { checkpoints }: StateStore,
  { integration, tasks }: PlannedIntegration,
  saved: SavedPlan | undefined,
): Promise<void> {
  const own = saved?.checkpoints.filter((each) => each.integration === integration) ?? [];
  for (const { task, from } of tasks) {
    if (checkpointMark(await checkpoints.get({ integration, task })) !== from) return;
  }
  await checkpoints.save(own.map(({ task, checkpoint }) => [{ integration, task }, checkpoint] as const));
}
