import type { IsthmusError } from '../../errors/index.js';
import { compileFilter, type Predicate } from '../../filter/index.js';
import type { EntityDescription } from '../../ports/index.js';
import { compilePath, dayFormatter, type SourceRow, type Value } from '../../values/index.js';
import type { EntityMap, FieldMap, Need, PathReader } from '../field-map.js';
import { compileField } from './field.js';
import { compileLimits } from './limits.js';
import { organizationPaths, pathsRead } from './paths.js';
import { compilePaths } from './read.js';
import { compileRules } from './rules.js';
import type { Parameters } from './settings.js';

export interface CompileSettings {
  readonly parameters: Parameters;
  /** IANA name; UTC where not given. */
  readonly timeZone?: string | undefined;
  /** Live metadata of the destination entity; adds types, lengths and required fields. */
  readonly destination?: EntityDescription | undefined;
}

/** A reference of a record to another record, before it has been resolved. */
export interface CompiledReference {
  readonly field: string;
  /** The task that delivers the row referred to. */
  readonly task: string;
  readonly by: 'key' | 'source';
  /** The integration key (by key) or the source id (by source) of the row referred to. */
  readonly target: (row: SourceRow, mapped: MappedRow) => Value;
  /** The row refers to something, whether or not its key can be read. */
  readonly refers: (row: SourceRow) => boolean;
  /** Name of the organisational unit in whose legal entity that row lies; the record's own where there is none. */
  readonly organization?: PathReader;
}

/** A field that gets the legal entity of an organisational unit. */
export interface CompiledLegalEntity {
  readonly field: string;
  readonly path: string;
  readonly unit: PathReader;
}

/** What the destination must hold for a field's value. */
export interface CompiledNeed extends Need {
  readonly name: string;
  readonly applies: Predicate;
  /** Another task delivers the row: that it is not there yet is no fault. */
  readonly delivered: boolean;
  readonly organization?: PathReader;
}

export type MappedRow = Record<string, Value>;

/** A mapping class as plain functions: nothing reflects after this. */
export interface CompiledMapping {
  readonly entity: EntityMap;
  /** Every path that must be read from the source. */
  readonly paths: readonly string[];
  readonly key: readonly string[];
  readonly references: readonly CompiledReference[];
  readonly legalEntities: readonly CompiledLegalEntity[];
  readonly needs: readonly CompiledNeed[];
  readonly filter: Predicate;
  readonly sourceId: PathReader;
  /** Name of the organisational unit that decides the legal entity, where the task has one. */
  readonly organization: PathReader | undefined;
  /** Source row → destination row. Faults of single values are added to `faults`. */
  map(row: SourceRow, faults: IsthmusError[]): MappedRow;
  /** Rules and limits, once the references have been filled in. */
  check(mapped: MappedRow, faults: IsthmusError[]): void;
}

/** Compiled once per run and task. `entity.fields` are the fields in force: optional ones chosen, overrides applied. */
export function compileMapping(entity: EntityMap, settings: CompileSettings): CompiledMapping {
  const { parameters, destination } = settings;
  const { fields, target } = entity;
  const day = dayFormatter(settings.timeZone);
  const names = fields.map(({ name }) => name);
  const readers = fields.map((field) =>
    compileField(field, { parameters, target, day, description: destination?.fields.get(field.name) }),
  );
  const limits = fields.flatMap((field) => {
    const limit = compileLimits(field, destination?.fields.get(field.name));
    return limit ? [{ name: field.name, limit }] : [];
  });
  const rules = compileRules(target, names);
  // Cloning a row of the right shape and filling it is several times faster than growing one.
  const blank: MappedRow = Object.fromEntries(names.map((name) => [name, null]));

  return {
    entity,
    paths: pathsRead(entity, parameters),
    key: fields.filter(({ key }) => key).map(({ name }) => name),
    references: fields.flatMap(referenceOf),
    legalEntities: fields.flatMap(legalEntityOf),
    needs: fields.flatMap(needOf),
    filter: compileFilter(entity.filter),
    sourceId: compilePath(entity.sourceId),
    organization: entity.organization === undefined ? undefined : compilePaths(organizationPaths(entity)),
    map(row, faults) {
      const mapped: MappedRow = { ...blank };
      for (let i = 0; i < readers.length; i++) {
        const read = readers[i];
        const name = names[i];
        if (read && name !== undefined) mapped[name] = read(row, faults);
      }
      return mapped;
    },
    check(mapped, faults) {
      for (const { name, limit } of limits) {
        const fault = limit(mapped[name] ?? null);
        if (fault) faults.push(fault);
      }
      if (rules) faults.push(...rules(mapped));
    },
  };
}

const unitOf = ({ organization }: FieldMap): { organization?: PathReader } =>
  organization === undefined ? {} : { organization: compilePath(organization) };

function legalEntityOf({ name, source }: FieldMap): CompiledLegalEntity[] {
  return source.kind === 'legal-entity' ? [{ field: name, path: source.path, unit: compilePath(source.path) }] : [];
}

function needOf(field: FieldMap): CompiledNeed[] {
  const { name, needs, refersTo } = field;
  if (!needs) return [];
  const applies = compileFilter(needs.where ?? []);
  return [{ ...needs, name, applies, delivered: refersTo !== undefined, ...unitOf(field) }];
}

function referenceOf(field: FieldMap): CompiledReference[] {
  const { name, source, refersTo } = field;
  if (source.kind === 'cross-reference') {
    const read = compilePath(source.path);
    const target = (row: SourceRow): Value => canonicalId(read(row));
    return [{ field: name, task: source.task, by: 'source', target, refers: (row) => target(row) !== null }];
  }
  if (refersTo === undefined) return [];
  const refers = followsSomething(source);
  const target = (_row: SourceRow, mapped: MappedRow): Value => mapped[name] ?? null;
  return [{ field: name, task: refersTo, by: 'key', target, refers, ...unitOf(field) }];
}

const GUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i;

/** Ids that were put down as text come in capitals and in braces too. */
const canonicalId = (id: Value): Value => (typeof id === 'string' ? (GUID.exec(id)?.[1]?.toLowerCase() ?? id) : id);

/** A lookup on the way to the key points at a row. */
function followsSomething(source: FieldMap['source']): (row: SourceRow) => boolean {
  const paths = source.kind === 'from' ? source.paths : [];
  const hops = paths.flatMap((path) =>
    typeof path === 'string' && path.includes('.') ? [path.split('.')[0] ?? ''] : [],
  );
  return (row) => hops.some((hop) => typeof row[hop] === 'object' && row[hop] !== null);
}
