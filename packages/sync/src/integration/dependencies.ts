import type { EntityMap, Template } from '@isthmus/core';
import { referencedTasks } from './order.js';

/** A template, or an integration of one: something that runs as a whole, before or after others. */
export interface Dependent {
  readonly tasks: readonly EntityMap[];
  readonly template: Pick<Template, 'name' | 'follows'>;
  /** Only what is on the same connection set has to do with each other. */
  readonly connectionSet?: string;
}

/** What comes first, and why. */
export interface Dependency<T> {
  readonly on: T;
  /** Tasks whose rows are referred to; none where the template only says that it follows. */
  readonly tasks: readonly string[];
}

/** What of `all` has to run before `one`: whoever delivers the rows that its lookups refer to, and what its template follows. */
export function dependenciesOf<T extends Dependent>(one: T, all: readonly T[]): Dependency<T>[] {
  const others = all.filter((other) => other !== one && other.connectionSet === one.connectionSet);
  const found = new Map<T, string[]>();
  for (const name of new Set(one.tasks.flatMap(referencedTasks))) {
    if (has(one, name)) continue;
    const deliverer = others.find((other) => has(other, name));
    if (deliverer) found.set(deliverer, [...(found.get(deliverer) ?? []), name]);
  }
  for (const name of one.template.follows ?? []) {
    for (const other of others) if (other.template.name === name && !found.has(other)) found.set(other, []);
  }
  return [...found].map(([on, tasks]) => ({ on, tasks }));
}

/** Everything after what it depends on; otherwise as given. Where two depend on each other, the one given first comes first. */
export function inRunOrder<T extends Dependent>(all: readonly T[]): T[] {
  const done = new Set<T>();
  const begun = new Set<T>();
  const visit = (one: T): void => {
    if (begun.has(one)) return;
    begun.add(one);
    for (const { on } of dependenciesOf(one, all)) visit(on);
    done.add(one);
  };
  for (const one of all) visit(one);
  return [...done];
}

const has = ({ tasks }: Dependent, name: string): boolean => tasks.some(({ task }) => task === name);
