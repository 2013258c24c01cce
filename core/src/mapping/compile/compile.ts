import type { IsthmusError } from '../../errors/index.js';
import { compileFilter, type Predicate } from '../../filter/index.js';
import type { EntityDescription } from '../../ports/index.js';
import { compilePath, dayFormatter, type SourceRow, type Value } from '../../values/index.js';
import type { DestinationLookup, EntityMap, FieldMap, Need, PathReader, Setting } from '../field-map.js';
import { carriedIn, compileField } from './field.js';
import { compileLimits } from './limits.js';
import { organizationPaths, pathsRead } from './paths.js';
import { compilePaths } from './read.js';
import { compileRules } from './rules.js';
import { valueOf, type Parameters } from './settings.js';
import { compileComparison, compileOutgoing } from './spelling.js';

export interface CompileSettings {
  readonly parameters: Parameters;
  /** IANA name; UTC where not given. */
  readonly timeZone?: string | undefined;
  /** Live metadata of the destination entity; adds types, lengths and required fields. */
  readonly destination?: EntityDescription | undefined;
  /** Live metadata of the source entity. */
  readonly source?: EntityDescription | undefined;
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
  /** Where that row is left out on purpose, so is the record. */
  readonly leftOutToo?: boolean;
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

/** A value that names a row of the destination, before that row has been looked up. */
export interface CompiledLookup extends DestinationLookup {
  readonly field: string;
}

export type FieldMaster = 'source' | 'destination' | 'ask';

export type MappedRow = Record<string, Value>;

/** A mapping class as plain functions: nothing reflects after this. */
export interface CompiledMapping {
  readonly entity: EntityMap;
  /** Every path that must be read from the source. */
  readonly paths: readonly string[];
  readonly key: readonly string[];
  /** Find the row where `key` is empty; empty themselves where the key always has a value. */
  readonly naturalKey: readonly string[];
  readonly references: readonly CompiledReference[];
  readonly legalEntities: readonly CompiledLegalEntity[];
  readonly needs: readonly CompiledNeed[];
  readonly lookups: readonly CompiledLookup[];
  /** A row of the destination may be made of this one, where none is there. */
  readonly mayCreate: Predicate;
  /** Whose values hold where both sides have the row. */
  readonly master: 'source' | 'destination' | undefined;
  /** Fields that both sides may change, and whose value holds where both have. */
  readonly masters: ReadonlyMap<string, FieldMaster>;
  /** Fields that tie the rows of both sides together. */
  readonly links: ReadonlySet<string>;
  /** Fields whose 0 may mean nothing, because the source knows no empty number. */
  readonly zeroMayBeNothing: ReadonlySet<string>;
  readonly filter: Predicate;
  readonly sourceId: PathReader;
  /** Name of the organisational unit that decides the legal entity, where the task has one. */
  readonly organization: PathReader | undefined;
  /** Source row → destination row. Faults of single values are added to `faults`. */
  map(row: SourceRow, faults: IsthmusError[]): MappedRow;
  /** Rules and limits, once the references have been filled in. */
  check(mapped: MappedRow, faults: IsthmusError[]): void;
  /** A value that the destination holds, spelled as the mapping spells it: a moment as its day where it maps a day. */
  present(field: string, value: Value): Value;
  /** Fields as they are written: a day as its first moment where the destination knows moments only. */
  outgoing(fields: MappedRow): MappedRow;
}

/**
 * Compiled once per run and task. `entity.fields` are the fields in force: optional ones chosen, overrides applied. What
 * the destination works out by itself is left out: written, it would be refused, and it would differ for ever.
 */
export function compileMapping(entity: EntityMap, settings: CompileSettings): CompiledMapping {
  const { parameters, destination, source } = settings;
  const { target, naturalKey = [] } = entity;
  const fields = entity.fields.filter(({ name, key }) => key || destination?.fields.get(name)?.readOnly !== true);
  const day = dayFormatter(settings.timeZone);
  const names = fields.map(({ name }) => name);
  const readers = fields.map((field) =>
    compileField(field, { parameters, target, day, source, description: destination?.fields.get(field.name) }),
  );
  const limits = fields.flatMap((field) => {
    const identifies = naturalKey.length > 0 ? naturalKey.includes(field.name) : field.key;
    const limit = compileLimits(field, destination?.fields.get(field.name), identifies);
    return limit ? [{ name: field.name, limit }] : [];
  });
  const rules = compileRules(target, names);
  // Cloning a row of the right shape and filling it is several times faster than growing one.
  const blank: MappedRow = Object.fromEntries(names.map((name) => [name, null]));

  return {
    entity,
    paths: pathsRead(entity, parameters),
    key: fields.filter(({ key }) => key).map(({ name }) => name),
    naturalKey,
    references: fields.flatMap(referenceOf),
    legalEntities: fields.flatMap(legalEntityOf),
    needs: fields.flatMap(needOf),
    lookups: fields.flatMap(({ name, lookup }) => (lookup ? [{ ...lookup, field: name }] : [])),
    mayCreate: entity.creates === false ? () => false : compileFilter(entity.creates ?? []),
    master: entity.master === undefined ? undefined : sideOf(entity.master, entity, parameters),
    masters: new Map(
      fields.flatMap(({ name, master }) =>
        master === undefined
          ? []
          : [[name, valueOf(master, parameters) === ASK ? ASK : sideOf(master, entity, parameters)]],
      ),
    ),
    links: new Set(fields.flatMap(({ name, link }) => (link ? [name] : []))),
    zeroMayBeNothing: new Set(
      fields.flatMap((field) => (carriedIn(field, source)?.whenNull === 'zero' ? [field.name] : [])),
    ),
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
    present: compileComparison(fields, destination, day),
    outgoing: compileOutgoing(fields, destination, day),
  };
}

const unitOf = ({ organization }: FieldMap): { organization?: PathReader } =>
  organization === undefined ? {} : { organization: compilePath(organization) };

function legalEntityOf({ name, source }: FieldMap): CompiledLegalEntity[] {
  return source.kind === 'legal-entity' ? [{ field: name, path: source.path, unit: compilePath(source.path) }] : [];
}

/** In the place of a role: nobody but a person decides. */
export const ASK = 'ask';

const sideOf = (role: Setting<string>, { direction }: EntityMap, parameters: Parameters): 'source' | 'destination' =>
  valueOf(role, parameters) === direction?.from ? 'source' : 'destination';

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
    const refers = (row: SourceRow): boolean => target(row) !== null;
    const { task, leftOutToo = false } = source;
    return [{ field: name, task, by: 'source', target, refers, leftOutToo }];
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
