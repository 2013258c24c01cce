import 'reflect-metadata';
import { entityMapOf, type Direction, type EntityMap, type MappingClass } from '../mapping/index.js';
import type { ParameterClass } from '../parameters/index.js';
import type { Connector, HealthCheck } from '../ports/index.js';
import { templateErrors } from './errors.js';

/** What a plugin ships: ordered tasks, with declared parameters and prerequisites. */
export interface TemplateDeclaration {
  readonly name: string;
  readonly title: string;
  /** Whole numbers; `name@1` and `name@2` may be installed side by side. */
  readonly version: number;
  /** Of the tasks that name no other. */
  readonly direction: Direction;
  /** Mapping classes. Their order is only for people: the run order follows from their references. */
  readonly tasks: readonly MappingClass[];
  /**
   * Names of the tasks in the order in which they run, where references do not say it because the tasks go both ways.
   * A task may come more than once.
   */
  readonly passes?: (parameters: Readonly<Record<string, unknown>>) => readonly string[];
  readonly parameters?: ParameterClass;
  readonly prerequisites?: readonly Prerequisite[];
  /**
   * Templates that come first although no lookup of a task says so. Tasks that lookups refer to say it by themselves.
   * Where one of them is not configured, this template runs without it.
   */
  readonly follows?: readonly string[];
  /**
   * What is left to do in the destination once every task has run. Not done in a dry run. What it reports as other than
   * ok makes the run one with a warning, and is tried again by the next run.
   */
  readonly conclude?: (context: PrerequisiteContext) => Promise<HealthCheck[]>;
}

/** Something that must be so before the first row is written. */
export interface Prerequisite {
  readonly title: string;
  check(context: PrerequisiteContext): Promise<HealthCheck[]>;
}

export interface PrerequisiteContext {
  readonly source: Connector;
  readonly destination: Connector;
  /** Legal entities of the organisation mapping. */
  readonly legalEntities: readonly string[];
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface Template extends Omit<TemplateDeclaration, 'tasks'> {
  readonly tasks: readonly EntityMap[];
}

const KEY = Symbol.for('isthmus.template@1');

export type TemplateClass = new () => object;

export function Template(declaration: TemplateDeclaration): ClassDecorator {
  return (target) => {
    Reflect.defineMetadata(KEY, declaration, target);
  };
}

export function templateOf(target: TemplateClass): Template {
  const declaration = Reflect.getOwnMetadata(KEY, target) as TemplateDeclaration | undefined;
  if (!declaration) throw templateErrors.TEMPLATE_NOT_DECORATED({ name: target.name });
  const { direction } = declaration;
  const tasks = declaration.tasks.map(entityMapOf).map((task) => ({ direction, ...task }));
  const names = new Set<string>();
  for (const { task } of tasks) {
    if (names.has(task)) throw templateErrors.TEMPLATE_TASK_DOUBLE({ task }, { place: { template: declaration.name } });
    names.add(task);
  }
  return { ...declaration, tasks };
}
