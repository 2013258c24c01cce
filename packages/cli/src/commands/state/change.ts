import { randomBytes } from 'node:crypto';
import type { Lease, StateStore, TaskScope } from '@isthmus/core';
import { withLeases } from '@isthmus/sync';
import type { Session } from '../../session.js';

export interface Intention {
  readonly action: string;
  readonly tasks: readonly TaskScope[];
  /** What it would cause, a sentence for each thing. */
  readonly consequences: readonly string[];
}

/** Describes a change; carries it out where that was asked for, while no run can come in between. */
export async function describeOrDo(
  { output }: Session,
  store: StateStore,
  { action, tasks, consequences }: Intention,
  yes: boolean,
  work: (leases: readonly Lease[], at: string) => Promise<void>,
): Promise<void> {
  for (const consequence of consequences) output.print(consequence);
  if (yes) {
    const integrations = [...new Set(tasks.map(({ integration }) => integration))];
    await withLeases(store, integrations, `state-${randomBytes(4).toString('hex')}`, async (leases) => {
      const subject = tasks.map(({ integration, task }) => `${integration}/${task}`).join(' ');
      const { at } = await store.audit.append({ action: 'state.changed', subject, details: { action } });
      await work([...leases.values()], at);
    });
  }
  output.printJson({ action, tasks, consequences, done: yes });
  output.print(yes ? 'Done; `isthmus state undo --yes` takes it back.' : 'Nothing has been changed; --yes does it.');
}
