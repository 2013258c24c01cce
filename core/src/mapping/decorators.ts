import type { Condition } from '../filter/index.js';
import type { Value } from '../values/index.js';
import type { Branch, Compute, Need, Setting, ValueMapping } from './field-map.js';
import { describeField } from './metadata.js';

/**
 * The family of property decorators that say where a destination field's value comes from. They only write metadata;
 * class-validator's rules and class-transformer's `@Type`/`@Transform` may stand on the same property.
 *
 * For compile-time checked paths use `fieldsOf<SourceRow>()`, which returns the same decorators, typed.
 */

/** Copies the value at `path`; with several paths, the first that has one. Dots follow lookups. */
export const From = (...paths: [Setting<string>, ...Setting<string>[]]): PropertyDecorator =>
  describeField({ source: { kind: 'from', paths } });

export const Constant = (value: Setting<Value>): PropertyDecorator =>
  describeField({ source: { kind: 'constant', value } });

/** The first branch whose conditions all hold decides. */
export const Conditional = (branches: readonly Branch[], otherwise: Value = null): PropertyDecorator =>
  describeField({ source: { kind: 'conditional', branches, otherwise } });

/** A value computed from several fields. Decimals come as text: use a decimal library, not `Number`. */
export const Computed = (paths: readonly string[], compute: Compute): PropertyDecorator =>
  describeField({ source: { kind: 'computed', paths, compute } });

/**
 * The source row holds another row's id at `path`; the field gets the integration key under which `task` delivered
 * that row. The record waits until it has been delivered; with `leftOutToo`, it is filtered where that task leaves the row
 * out.
 */
export const LookupByCrossReference = (
  task: string,
  path: string,
  options: { readonly leftOutToo?: boolean } = {},
): PropertyDecorator => describeField({ source: { kind: 'cross-reference', path, task, ...options } });

/** The field's value is the integration key of a row that `task` delivers. The record waits until it is there. */
export const LookupByKey = (task: string): PropertyDecorator => describeField({ refersTo: task });

/** The legal entity of the unit named at `path`, by the organisation mapping; empty where it is the record's own. */
export const LegalEntityOf = (path: string): PropertyDecorator =>
  describeField({ source: { kind: 'legal-entity', path } });

/** The row referred to lies in the legal entity of the unit named at `path`, not in the record's own. */
export const OfOrganization = (path: string): PropertyDecorator => describeField({ organization: path });

/** The destination must hold a row for this value. Until it does, the record is kept, and tried again by every run. */
export const Needs = (need: Need): PropertyDecorator => describeField({ needs: need });
/**
 * The value names a row of the destination: the field gets the id of the row of `entity` whose `key` it is. A GUID is
 * taken for the id itself, unless `key` is the id: then the row is looked for, which texts that hold ids need.
 */
export const LookupInDestination = (entity: string, key: string): PropertyDecorator =>
  describeField({ lookup: { entity, key } });

/** Ties the rows of both sides together: written also where the destination is the master. */
export const Link = (): PropertyDecorator => describeField({ link: true });

/**
 * Both sides may change the field. Where both have, the value of the side with this role holds; with `ask`, the record is
 * kept until a person has decided.
 */
export const Master = (side: Setting<string>): PropertyDecorator => describeField({ master: side });

/** The destination field bears the name that the parameter gives, and is left out where that is empty. */
export const NamedBy = (name: string): PropertyDecorator => describeField({ namedBy: name });

/** Part of the integration key, by which the destination row is found. */
export const IntegrationKey = (): PropertyDecorator => describeField({ key: true });

/** Source value → destination value. A value that the map lacks is a fault, unless `otherwise` is given. */
export const ValueMap = (
  values: Setting<Readonly<Record<string, Value>>>,
  options: Pick<ValueMapping, 'otherwise'> = {},
): PropertyDecorator => describeField({ valueMap: { values, ...options } });

export const Default = (value: Setting<Value>): PropertyDecorator => describeField({ default: value });

export const Truncate = (characters: number): PropertyDecorator => describeField({ truncate: characters });

/** An exact decimal, as text. */
export const Decimal = (): PropertyDecorator => describeField({ as: 'decimal' });

/** A calendar day. A moment in the source becomes the day it has in the connection set's time zone. */
export const DateOnly = (): PropertyDecorator => describeField({ as: 'date' });

/** A moment, UTC. */
export const UtcDateTime = (): PropertyDecorator => describeField({ as: 'dateTime' });

/** A GUID, also where the destination holds it as text: case makes no difference. */
export const Guid = (): PropertyDecorator => describeField({ as: 'guid' });

/** Off unless the integration's `fields` in the rc file names it. */
export const OptionalField = (): PropertyDecorator => describeField({ optional: true });

/** `is('msdyn_ordertype', 192350001)` */
export const is = (path: string, value: Value): Condition => ({ path, is: 'eq', value });

export const isNot = (path: string, value: Value): Condition => ({ path, is: 'ne', value });

export const isNotNull = (path: string): Condition => ({ path, is: 'ne', value: null });

export const isOneOf = (path: string, values: readonly Value[]): Condition => ({ path, is: 'in', values });
