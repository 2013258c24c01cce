import type { EntityModel, LookupModel, PropertyModel, RequiredLevel } from '../types.js';
import { active, activeReason } from './option-sets.js';

/** The words in which the PSA tables are written down. */

const column = (
  name: string,
  required: RequiredLevel,
  rest: Omit<PropertyModel, 'name' | 'nullable' | 'required'>,
): PropertyModel => ({ name, nullable: required !== 'systemrequired', required, ...rest });

export const text = (name: string, maxLength: number, required: RequiredLevel = 'none') =>
  column(name, required, { type: 'Edm.String', maxLength });

export const flag = (name: string, required: RequiredLevel = 'none') =>
  column(name, required, { type: 'Edm.Boolean', default: false });

export const guid = (name: string, required: RequiredLevel = 'none') => column(name, required, { type: 'Edm.Guid' });

export const whole = (name: string, required: RequiredLevel = 'none') => column(name, required, { type: 'Edm.Int32' });

export const short = (name: string, required: RequiredLevel = 'none') => column(name, required, { type: 'Edm.Int16' });

/** Bytes, as base64. */
export const binary = (name: string, required: RequiredLevel = 'none') =>
  column(name, required, { type: 'Edm.Binary' });

/** Floating point in Dataverse too (efforts and durations, in hours); never money. */
export const double = (name: string, required: RequiredLevel = 'none') =>
  column(name, required, { type: 'Edm.Double' });

export const decimal = (name: string, scale: number, required: RequiredLevel = 'none') =>
  column(name, required, { type: 'Edm.Decimal', scale });

export const dateTime = (
  name: string,
  required: RequiredLevel = 'none',
  behavior: PropertyModel['behavior'] = 'UserLocal',
) => column(name, required, { type: 'Edm.DateTimeOffset', behavior });

export const date = (name: string, required: RequiredLevel = 'none') => column(name, required, { type: 'Edm.Date' });

export const choice = (
  name: string,
  options: Record<number, string>,
  required: RequiredLevel = 'none',
  defaultValue?: number,
) =>
  column(name, required, {
    type: 'Edm.Int32',
    options,
    ...(defaultValue === undefined ? {} : { default: defaultValue }),
  });

/** An amount in the row's currency and, computed from it, the amount in the base currency. */
export const money = (name: string, required: RequiredLevel = 'none'): PropertyModel[] => [
  column(name, required, { type: 'Edm.Decimal', scale: 4, money: true }),
  column(`${name}_base`, 'none', { type: 'Edm.Decimal', scale: 4, readOnly: true, base: true }),
];

/** Units of the row's currency for one unit of the base currency. */
export const exchangeRate = decimal('exchangerate', 10);

/** `statecode` and `statuscode` of the tables that know only active and inactive. */
export const activeState: PropertyModel[] = [
  choice('statecode', active, 'systemrequired', 0),
  choice('statuscode', activeReason, 'none', 1),
];

export const lookup = (attribute: string, entity: string, navigation = attribute): LookupModel => ({
  attribute,
  targets: [{ entity, navigation }],
});

/** One lookup, several target tables: one navigation property for each, `${attribute}_${entity}`. */
export const polymorphicLookup = (attribute: string, ...entities: string[]): LookupModel => ({
  attribute,
  targets: entities.map((entity) => ({ entity, navigation: `${attribute}_${entity}` })),
});

/** The currency of a row's amounts; one that is in use cannot be deleted. */
export const currency: LookupModel = {
  ...lookup('transactioncurrencyid', 'transactioncurrency'),
  onDelete: 'restrict',
};

/** Who made a row and who changed it last; `…onbehalfby` names the application that acted for a user. */
const authors = ['createdby', 'modifiedby', 'createdonbehalfby', 'modifiedonbehalfby'].map(
  (attribute): LookupModel => ({ ...lookup(attribute, 'systemuser'), readOnly: true }),
);

/** A table with its key column in front and the columns that Dataverse keeps itself at the end. */
export const table = ({
  primaryKey,
  properties,
  lookups,
  ...rest
}: Omit<EntityModel, 'primaryKey'> & { primaryKey: string }): EntityModel => ({
  changeTracking: true,
  ...rest,
  primaryKey: [primaryKey],
  properties: [
    { name: primaryKey, type: 'Edm.Guid', nullable: false, required: 'systemrequired' },
    ...properties,
    { ...dateTime('createdon'), readOnly: true },
    { ...dateTime('modifiedon'), readOnly: true },
    { name: 'versionnumber', type: 'Edm.Int64', nullable: true, readOnly: true, required: 'none' },
  ],
  lookups: [...lookups, ...authors],
});
