import { syncErrors } from '../errors.js';
import type { PlanHeader } from '../plan/index.js';

/**
 * A plan is applied to what it was made for.
 *
 * @param present the header that the same plan would get now
 * @throws PLAN_OTHER_VERSION, PLAN_OTHER_STORE, PLAN_OUTDATED
 */
export function requireSame(file: string, planned: PlanHeader, present: PlanHeader): void {
  if (planned.isthmus !== present.isthmus) {
    throw syncErrors.PLAN_OTHER_VERSION({ file, found: planned.isthmus, present: present.isthmus });
  }
  if (planned.store !== present.store) throw syncErrors.PLAN_OTHER_STORE({ file });
  for (const [i, then] of planned.integrations.entries()) {
    const { integration } = then;
    const now = present.integrations[i];
    const place = { integration };
    if (now?.template !== then.template) {
      throw syncErrors.PLAN_OUTDATED({ what: `the template was ${then.template}` }, { place });
    }
    if (now.source !== then.source) throw syncErrors.PLAN_OUTDATED({ what: 'it read another system' }, { place });
    if (now.destination !== then.destination) {
      throw syncErrors.PLAN_OUTDATED({ what: 'it was made for another system' }, { place });
    }
    const other = now.tasks.find(({ task, fingerprint }, n) => {
      const before = then.tasks[n];
      return before?.task !== task || before.fingerprint !== fingerprint;
    });
    if (other) {
      const what = `the mapping, parameters or organisations of the task ${other.task} were others`;
      throw syncErrors.PLAN_OUTDATED({ what }, { place: { ...place, task: other.task } });
    }
  }
}
