import type { EntityModel, PropertyModel } from '../types.js';
import type { EnumName } from './enums.js';

/**
 * The words in which the F&O entities are written down. CDM gives names and nullability but calls every entity field a
 * string: types are those of the staging tables behind, lengths the usual ones of the extended data types.
 */

type Need = 'mandatory' | 'optional';

const field = (name: string, need: Need, rest: Omit<PropertyModel, 'name' | 'nullable'>): PropertyModel => ({
  name,
  nullable: need === 'optional',
  ...rest,
});

export const text = (name: string, maxLength: number, need: Need = 'optional') =>
  field(name, need, { type: 'Edm.String', maxLength });

/** A field that no template reads: CDM calls it a string, and its extended data type is not known here. */
export const unread = (name: string) => text(name, 60);

export const guid = (name: string, need: Need = 'optional') => field(name, need, { type: 'Edm.Guid' });

export const whole = (name: string, need: Need = 'optional') => field(name, need, { type: 'Edm.Int32' });

export const long = (name: string, need: Need = 'optional') => field(name, need, { type: 'Edm.Int64' });

/** X++ `real`: six digits after the point in the database. */
export const real = (name: string, need: Need = 'optional') => field(name, need, { type: 'Edm.Decimal', scale: 6 });

/** Exchange rates keep more digits than amounts. */
export const rate = (name: string) => field(name, 'optional', { type: 'Edm.Decimal', scale: 12 });

export const date = (name: string, need: Need = 'optional') =>
  field(name, need, { type: 'Edm.DateTimeOffset', dateKind: 'date' });

export const dateTime = (name: string, need: Need = 'optional') =>
  field(name, need, { type: 'Edm.DateTimeOffset', dateKind: 'dateTime' });

export const enumeration = (name: string, enumType: EnumName, need: Need = 'optional') =>
  field(name, need, { type: 'Enum', enumType });

type Described = Omit<EntityModel, 'lookups' | 'perCompany' | 'primaryKey'> & { key: string[] };

/** An entity whose rows are the same in every legal entity. */
export const shared = ({ key, ...rest }: Described): EntityModel => ({ ...rest, primaryKey: key, lookups: [] });

/** An entity whose rows belong to a legal entity: `dataAreaId` is the first part of its key. */
export const perCompany = ({ key, properties, ...rest }: Described): EntityModel => ({
  ...rest,
  perCompany: true,
  primaryKey: ['dataAreaId', ...key],
  properties: [text('dataAreaId', 4, 'mandatory'), ...properties],
  lookups: [],
});
