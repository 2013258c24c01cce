import {
  mappingErrors,
  nearest,
  pathsRead,
  type EntityMap,
  type FieldDescription,
  type IsthmusError,
  type Parameters,
} from '@isthmus/core';
import { lookupTargets, type Descriptions } from './descriptions.js';

/** Every path that the mapping reads exists in the live metadata, or the nearest right name is given. */
export function checkSource(task: EntityMap, parameters: Parameters, known: Descriptions): IsthmusError[] {
  if (!known.has(task.source)) return [mappingErrors.MAPPING_ENTITY_UNKNOWN({ entity: task.source, side: 'source' })];
  return pathsRead(task, parameters).flatMap((path) => checkPath(path, task.source, known));
}

/** The field at the end of a path; of the first entity that has it, where a lookup may point at several. */
export function fieldAt(path: string, entity: string, known: Descriptions): FieldDescription | undefined {
  const steps = path.split('.');
  const last = steps.pop() ?? path;
  const at = steps.reduce((entities, hop) => lookupTargets(hop, entities, known), [entity]);
  return at.map((name) => known.get(name)?.fields.get(last)).find((field) => field !== undefined);
}

function checkPath(path: string, entity: string, known: Descriptions): IsthmusError[] {
  const steps = path.split('.');
  const last = steps.length - 1;
  let at = [entity];
  for (const [i, step] of steps.entries()) {
    const next = i < last ? lookupTargets(step, at, known) : [];
    const found = i < last ? next.length > 0 : at.some((name) => known.get(name)?.fields.has(step));
    if (!found) return [unknownStep(steps, i, at, known)];
    at = next;
  }
  return [];
}

function unknownStep(steps: readonly string[], i: number, at: readonly string[], known: Descriptions): IsthmusError {
  const kind = i < steps.length - 1 ? 'lookups' : 'fields';
  const names = at.flatMap((name) => [...(known.get(name)?.[kind].keys() ?? [])]);
  const near = nearest(steps[i] ?? '', names);
  return mappingErrors.MAPPING_PATH_UNKNOWN({
    path: steps.join('.'),
    entity: at.join(' or '),
    nearest: near === undefined ? undefined : steps.with(i, near).join('.'),
  });
}
