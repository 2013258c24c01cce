import 'reflect-metadata';
import { mappingErrors } from './errors.js';
import type { EntityMap, FieldMap, FieldSource, MappingClass } from './field-map.js';

const FIELDS = Symbol.for('isthmus.fields@1');
const ENTITY = Symbol.for('isthmus.entity@1');

type FieldDraft = Partial<Omit<FieldMap, 'name'>>;

/** Adds to what is known of a property. Several decorators describe one field between them. */
export function describeField(draft: FieldDraft): PropertyDecorator {
  return (prototype, property) => {
    const name = String(property);
    const inherited: ReadonlyMap<string, FieldDraft> = Reflect.getMetadata(FIELDS, prototype) ?? new Map();
    const own = new Map(inherited);
    own.set(name, { ...own.get(name), ...draft });
    Reflect.defineMetadata(FIELDS, own, prototype);
  };
}

export type EntityDeclaration = Omit<EntityMap, 'fields' | 'target' | 'filter'> & Partial<Pick<EntityMap, 'filter'>>;

/** Declares a task: rows of `source` become rows of `destination`, shaped like the decorated class. */
export function MapEntity(declaration: EntityDeclaration): ClassDecorator {
  return (target) => {
    Reflect.defineMetadata(ENTITY, declaration, target);
  };
}

/** The decorated class as data. A subclass inherits fields, and may redeclare them. */
export function entityMapOf(target: MappingClass): EntityMap {
  const declaration = Reflect.getOwnMetadata(ENTITY, target) as EntityDeclaration | undefined;
  if (!declaration) throw mappingErrors.MAPPING_NOT_DECORATED({ name: target.name });
  const drafts: ReadonlyMap<string, FieldDraft> = Reflect.getMetadata(FIELDS, target.prototype) ?? new Map();
  const fields = [...drafts].map(([name, draft]) => completeField(name, draft, declaration.task));
  if (!fields.some((field) => field.key)) {
    throw mappingErrors.MAPPING_WITHOUT_KEY(undefined, { place: { task: declaration.task } });
  }
  return { filter: [], ...declaration, fields, target };
}

function completeField(name: string, draft: FieldDraft, task: string): FieldMap {
  const source: FieldSource | undefined = draft.source;
  if (!source) throw mappingErrors.MAPPING_FIELD_WITHOUT_SOURCE(undefined, { place: { task, field: name } });
  return { key: false, optional: false, as: 'asIs', ...draft, name, source };
}
