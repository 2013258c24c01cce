import type { Container } from '../container/index.js';
import type { EventBus } from '../events/index.js';
import type { IsthmusError } from '../errors/index.js';
import type { RunRecord, TaskRecord, TaskScope } from '../model/index.js';
import type { HeldRecord, WriteOperation, WriteOutcome } from '../ports/index.js';
import type { TemplateRegistry } from '../template/index.js';

interface DryOrNot {
  /** A plan is made: nothing is written. */
  readonly dryRun: boolean;
}

/** What each hook is handed. */
export interface HookContexts {
  /** Providers and templates of the declaration are registered already; this is for what depends on them. */
  register: { readonly container: Container; readonly templates: TemplateRegistry; readonly events: EventBus };
  /** The rc file has been read and found valid. */
  configure: { readonly container: Container; readonly integrations: readonly string[] };
  /** Throw to refuse to start. */
  validate: { readonly container: Container; readonly templates: TemplateRegistry };
  beforeRun: DryOrNot & {
    readonly runId: string;
    readonly integrations: readonly string[];
    readonly container: Container;
  };
  beforeTask: TaskScope & DryOrNot & { readonly runId: string; readonly template: string };
  /** May return other operations, one for each, in the same order. */
  beforeWrite: TaskScope & DryOrNot & { readonly runId: string; readonly operations: readonly WriteOperation[] };
  afterWrite: TaskScope & {
    readonly runId: string;
    readonly operations: readonly WriteOperation[];
    readonly outcomes: readonly WriteOutcome[];
  };
  onQuarantine: {
    readonly runId: string;
    readonly record: Pick<HeldRecord, 'integration' | 'task' | 'key' | 'sourceId'>;
    readonly errors: readonly IsthmusError[];
  };
  afterTask: DryOrNot & { readonly runId: string; readonly task: TaskRecord };
  afterRun: DryOrNot & { readonly run: RunRecord };
  dispose: { readonly container: Container };
}

export type HookName = keyof HookContexts;

interface HookDefinition {
  /** `setup`: prepares the process; `watch`: only looks on; `change`: may change what passes through. */
  readonly kind: 'setup' | 'watch' | 'change';
  /** Plugins in the order of the rc file, or the other way round. */
  readonly order: 'forward' | 'reverse';
  /** Also called when nothing is written. */
  readonly inDryRun: boolean;
}

/** The life of a process, in order, as data. */
export const LIFECYCLE = {
  register: { kind: 'setup', order: 'forward', inDryRun: true },
  configure: { kind: 'setup', order: 'forward', inDryRun: true },
  validate: { kind: 'setup', order: 'forward', inDryRun: true },
  beforeRun: { kind: 'watch', order: 'forward', inDryRun: true },
  beforeTask: { kind: 'watch', order: 'forward', inDryRun: true },
  beforeWrite: { kind: 'change', order: 'forward', inDryRun: true },
  afterWrite: { kind: 'watch', order: 'forward', inDryRun: false },
  onQuarantine: { kind: 'watch', order: 'forward', inDryRun: false },
  afterTask: { kind: 'watch', order: 'forward', inDryRun: true },
  afterRun: { kind: 'watch', order: 'forward', inDryRun: true },
  dispose: { kind: 'setup', order: 'reverse', inDryRun: true },
} as const satisfies Record<HookName, HookDefinition>;

/** What a `change` hook may hand back. */
interface HookResults {
  beforeWrite: readonly WriteOperation[];
}

type MaybePromise<T> = T | Promise<T>;

/** A hook that sets up or watches may be async; what it returns is not looked at. */
export type Hook<Name extends HookName> = (
  context: HookContexts[Name],
) => Name extends keyof HookResults ? MaybePromise<HookResults[Name] | undefined> : unknown;

export type Hooks = { readonly [Name in HookName]?: Hook<Name> };
