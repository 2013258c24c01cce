import type { EntityDescription, EntityMap, FieldDescription, FieldMap, FieldType, HealthCheck } from '@isthmus/core';
import { isLegalEntity } from './destination.js';
import type { Descriptions } from './descriptions.js';
import { fieldAt } from './source.js';

/** What will cost single records: texts that may be too long, types that may not fit, required fields left open. */
export function compareFields(task: EntityMap, sources: Descriptions, destinations: Descriptions): HealthCheck[] {
  const entity = destinations.get(task.destination);
  if (!entity) return [];
  const pairs = task.fields.flatMap((field) => {
    const from = sourceField(field, task, sources);
    const to = entity.fields.get(field.name);
    return from && to ? [{ field, from, to }] : [];
  });
  return [
    ...pairs.flatMap(({ field, from, to }) => [...tooLong(task, field, from, to), ...wrongType(task, field, from, to)]),
    ...pairs.flatMap(({ field, to }) => workedOut(task, field, to)),
    ...unmapped(task, entity),
  ];
}

function sourceField({ source }: FieldMap, task: EntityMap, sources: Descriptions): FieldDescription | undefined {
  const path = source.kind === 'from' ? source.paths[0] : undefined;
  return typeof path === 'string' ? fieldAt(path, task.source, sources) : undefined;
}

const warning = (task: EntityMap, field: string, message: string, remedy: string): HealthCheck => ({
  name: `${task.task}.${field}`,
  status: 'warning',
  message,
  remedy,
});

function tooLong(task: EntityMap, field: FieldMap, from: FieldDescription, to: FieldDescription): HealthCheck[] {
  const given = from.maxLength;
  const taken = to.maxLength;
  const longest = identifies(field) ? given : (field.truncate ?? given);
  if (field.valueMap || longest === undefined || taken === undefined || longest <= taken) return [];
  return [
    warning(
      task,
      field.name,
      `${from.name} holds up to ${given} characters, ${field.name} takes ${taken}: longer texts will be quarantined.`,
      identifies(field)
        ? `Keep it within ${taken} characters in the source: a key must not be cut.`
        : `Set \`truncate: ${taken}\` in an override of ${field.name} if they may be cut.`,
    ),
  ];
}

/** Cut, it would name another row. */
const identifies = ({ key, refersTo }: FieldMap): boolean => key || refersTo !== undefined;

/** Destination types that a source type can always be spelled in. */
const FITS: Readonly<Record<FieldType, readonly FieldType[]>> = {
  text: ['text'],
  guid: ['guid', 'text'],
  integer: ['integer', 'decimal', 'text'],
  decimal: ['decimal', 'text'],
  boolean: ['boolean', 'text'],
  date: ['date', 'dateTime', 'text'],
  dateTime: ['date', 'dateTime', 'text'],
  enum: ['enum', 'text'],
};

function wrongType(task: EntityMap, field: FieldMap, from: FieldDescription, to: FieldDescription): HealthCheck[] {
  if (field.valueMap || field.lookup || FITS[from.type].includes(to.type)) return [];
  return [
    warning(
      task,
      field.name,
      `${from.name} is ${from.type}, ${field.name} is ${to.type}: values that do not fit will be quarantined.`,
      'Map another field, or add a value map in an override.',
    ),
  ];
}

function workedOut(task: EntityMap, { name }: FieldMap, { readOnly }: FieldDescription): HealthCheck[] {
  if (!readOnly) return [];
  const message = `${name} is worked out by the destination itself: it is mapped, but not written.`;
  return [warning(task, name, message, 'Nothing to do.')];
}

function unmapped(task: EntityMap, entity: EntityDescription): HealthCheck[] {
  const mapped = new Set(task.fields.map(({ name }) => name));
  return [...entity.fields.values()]
    .filter(
      ({ name, required, readOnly }) => required && !readOnly && !mapped.has(name) && !isLegalEntity(entity, name),
    )
    .map(({ name }) =>
      warning(
        task,
        name,
        `${entity.entity} requires ${name}, which is not mapped.`,
        'Map it in an override, unless the destination fills it by itself.',
      ),
    );
}
