import { isIsthmusError } from '../errors/index.js';
import type { WriteOperation } from '../ports/index.js';
import { lifecycleErrors } from './errors.js';
import { LIFECYCLE, type HookContexts, type HookName, type Hooks } from './lifecycle.js';

type HookResult = readonly WriteOperation[] | undefined;

interface HookOwner {
  readonly name: string;
  readonly hooks: Hooks;
}

/** Calls the hooks of the installed plugins, each with its plugin's name at hand should it fail. */
export class LifecycleRunner {
  private readonly owners: HookOwner[] = [];

  add(name: string, hooks: Hooks): void {
    this.owners.push({ name, hooks });
  }

  /** Hooks that set up or watch. Every `dispose` is called, also when one fails; the first failure is thrown at the end. */
  async call<Name extends Exclude<HookName, 'beforeWrite'>>(name: Name, context: HookContexts[Name]): Promise<void> {
    const failures: unknown[] = [];
    for (const owner of this.inOrder(name)) {
      try {
        await this.invoke(owner, name, context);
      } catch (failure) {
        if (name !== 'dispose') throw failure;
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  /** The one hook that changes what passes through: each plugin sees what the one before it made. */
  async beforeWrite(context: HookContexts['beforeWrite']): Promise<readonly WriteOperation[]> {
    let operations = context.operations;
    for (const owner of this.inOrder('beforeWrite')) {
      const changed = (await this.invoke(owner, 'beforeWrite', { ...context, operations })) as HookResult;
      if (!changed) continue;
      if (changed.length !== operations.length) {
        throw lifecycleErrors.LIFECYCLE_OPERATIONS_LOST(
          { before: operations.length, after: changed.length },
          { place: { plugin: owner.name } },
        );
      }
      operations = changed;
    }
    return operations;
  }

  private inOrder(name: HookName): HookOwner[] {
    const owners = this.owners.filter(({ hooks }) => hooks[name]);
    return LIFECYCLE[name].order === 'reverse' ? owners.reverse() : owners;
  }

  private async invoke<Name extends HookName>(
    owner: HookOwner,
    name: Name,
    context: HookContexts[Name],
  ): Promise<unknown> {
    try {
      return await owner.hooks[name]?.(context);
    } catch (thrown) {
      if (isIsthmusError(thrown)) throw thrown.at({ plugin: owner.name });
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      throw lifecycleErrors.LIFECYCLE_HOOK_FAILED(
        { hook: name, message },
        { place: { plugin: owner.name }, cause: thrown },
      );
    }
  }
}
