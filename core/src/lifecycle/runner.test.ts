import { expect } from 'chai';
import { Container } from '../container/index.js';
import type { WriteOperation } from '../ports/index.js';
import { LIFECYCLE, LifecycleRunner, type Hooks } from './index.js';

const scope = { dryRun: false, integration: 'i', task: 't', runId: 'r' };
const operation = (name: string): WriteOperation => ({ kind: 'create', key: { Id: name }, fields: { Id: name } });

function runnerWith(...plugins: [name: string, hooks: Hooks][]): LifecycleRunner {
  const runner = new LifecycleRunner();
  for (const [name, hooks] of plugins) runner.add(name, hooks);
  return runner;
}

describe('The lifecycle', () => {
  it('has its hooks in the order in which they are called', () => {
    expect(Object.keys(LIFECYCLE)).to.deep.equal([
      'register',
      'configure',
      'validate',
      'beforeRun',
      'beforeTask',
      'beforeWrite',
      'afterWrite',
      'onQuarantine',
      'afterTask',
      'afterRun',
      'dispose',
    ]);
  });

  it('calls plugins in the order of the rc file, and disposes of them the other way round', async () => {
    const calls: string[] = [];
    const hooks = (name: string): Hooks => ({
      beforeTask: () => calls.push(`${name} begins`),
      dispose: () => calls.push(`${name} ends`),
    });
    const runner = runnerWith(['a', hooks('a')], ['b', hooks('b')]);
    await runner.call('beforeTask', { ...scope, template: 'x@1' });
    await runner.call('dispose', { container: Container.root() });
    expect(calls).to.deep.equal(['a begins', 'b begins', 'b ends', 'a ends']);
  });

  it('disposes of every plugin, also when one of them fails', async () => {
    const calls: string[] = [];
    const runner = runnerWith(
      ['a', { dispose: () => calls.push('a') }],
      ['b', { dispose: () => Promise.reject(new TypeError('stuck')) }],
    );
    const failure: unknown = await runner.call('dispose', { container: Container.root() }).catch((e: unknown) => e);
    expect(calls).to.deep.equal(['a']);
    expect(failure).to.include({ code: 'LIFECYCLE_HOOK_FAILED' });
    expect(failure).to.have.nested.property('place.plugin', 'b');
  });

  it('lets a plugin change operations, each one seeing what the one before it made', async () => {
    const suffix = (text: string): Hooks => ({
      beforeWrite: ({ operations }) => operations.map(({ fields }) => operation(`${String(fields['Id'])}${text}`)),
    });
    const runner = runnerWith(['a', suffix('1')], ['watcher', { beforeWrite: () => undefined }], ['b', suffix('2')]);
    const changed = await runner.beforeWrite({ ...scope, operations: [operation('x')] });
    expect(changed.map(({ fields }) => fields['Id'])).to.deep.equal(['x12']);
  });

  it('refuses a hook that loses an operation', async () => {
    const runner = runnerWith(['greedy', { beforeWrite: () => [] }]);
    const failure: unknown = await runner
      .beforeWrite({ ...scope, operations: [operation('x')] })
      .catch((e: unknown) => e);
    expect(failure).to.include({ code: 'LIFECYCLE_OPERATIONS_LOST' });
  });
});
