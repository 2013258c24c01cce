import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsNotEmpty, IsOptional, IsString, Min, ValidateNested } from 'class-validator';
import { errors } from '../errors.js';
import type { EntityModel, PropertyModel } from '../model/index.js';
import { collectionOf, enumMembers, finopsFields, withTables, type EnumName } from '../model/index.js';

const { date, dateTime, enumeration, guid, long, perCompany, real, shared, text, whole } = finopsFields;

const TYPES = ['text', 'whole', 'long', 'real', 'date', 'dateTime', 'guid', 'enumeration'] as const;

/** A field that a customer, or another version, has added. */
export class OwnField {
  @IsNotEmpty()
  @IsString()
  readonly name!: string;
  /** A `date` is sent as noon; a `real` has six digits. */
  @IsIn(TYPES)
  readonly type!: (typeof TYPES)[number];
  /** Characters of a text, 60 unless told. */
  @IsOptional()
  @IsInt()
  @Min(1)
  readonly maxLength?: number;
  /** A row without a value is refused; false unless told. */
  @IsOptional()
  @IsBoolean()
  readonly mandatory?: boolean;
  /** Of an enumeration: which of those that are here; `NoYes` unless told. */
  @IsOptional()
  @IsIn(Object.keys(enumMembers))
  readonly enumeration?: EnumName;
}

/** A data entity that is not here, or what one that is here has more. */
export class OwnEntity {
  /** Name in the application object tree, as `PurchPurchaseOrderHeaderV2Entity`. */
  @IsNotEmpty()
  @IsString()
  readonly aotName!: string;
  /** Public name of a new entity. */
  @IsOptional()
  @IsString()
  readonly name?: string;
  /** Public collection. */
  @IsOptional()
  @IsString()
  readonly collection?: string;
  /** By which data packages know the entity; of a new one its public name unless told. */
  @IsOptional()
  @IsString()
  readonly label?: string;
  /** Whether OData shows the entity; one that it does not show needs neither name nor collection. True unless told. */
  @IsOptional()
  @IsBoolean()
  readonly public?: boolean;
  /** Fields of a new entity's key, the company left out. */
  @IsOptional()
  @IsString({ each: true })
  readonly key?: readonly string[];
  /** The rows of a new entity belong to a legal entity; true unless told. */
  @IsOptional()
  @IsBoolean()
  readonly perCompany?: boolean;
  @ValidateNested({ each: true })
  @Type(() => OwnField)
  readonly fields!: readonly OwnField[];
}

/**
 * The entities of the model with these as well.
 *
 * @throws SANDBOX_OPTION_INVALID where a name is missing or taken, or something is said that cannot be had
 */
export function withOwnEntities(models: readonly EntityModel[], entities: readonly OwnEntity[]): EntityModel[] {
  const all = new Map(models.map((model) => [model.aotName ?? model.name, model]));
  for (const own of entities) {
    const known = all.get(own.aotName);
    const described = known ? extended(own, known) : created(own);
    const model = own.public === false ? { ...described, unpublished: true } : described;
    const names = model.properties.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw invalid(own, `two fields would be called ${twice}`);
    const others = [...all.values()].filter((other) => other !== known);
    demandFree(own, model, others);
    all.set(own.aotName, model);
  }
  return withoutDeadEnds([...all.values()]);
}

/** What the sandbox itself does with an entity goes by its type, its key and its company. */
function extended(own: OwnEntity, known: EntityModel): EntityModel {
  const fixed = (['name', 'key', 'perCompany'] as const).find((what) => own[what] !== undefined);
  if (fixed !== undefined) throw invalid(own, `the entity is there already, and its ${fixed} cannot be changed`);
  const { collection, label, fields } = own;
  return {
    ...known,
    ...(collection !== undefined && { publicSet: collection }),
    ...(label !== undefined && { label }),
    properties: [...known.properties, ...fields.map(propertyOf)],
  };
}

function created(own: OwnEntity): EntityModel {
  const unnamed = own.public === false ? own.aotName : undefined;
  const { aotName, name = unnamed, collection = unnamed, key = [], label = name, fields } = own;
  if (name === undefined || collection === undefined || key.length === 0)
    throw invalid(own, 'a new entity needs a name, a collection and a key');
  const missing = key.find((part) => !fields.some((field) => field.name === part));
  if (missing !== undefined) throw invalid(own, `the key's ${missing} is no field`);
  const describe = own.perCompany === false ? shared : perCompany;
  // What identifies a row is never empty.
  const properties = fields.map((field) =>
    propertyOf(key.includes(field.name) ? { ...field, mandatory: true } : field),
  );
  return withTables(describe({ name, set: collection, aotName, label: label ?? name, key: [...key], properties }));
}

function demandFree(own: OwnEntity, model: EntityModel, others: readonly EntityModel[]): void {
  const taken = others.find(
    (other) =>
      other.name === model.name ||
      other.set === model.set ||
      collectionOf(other) === collectionOf(model) ||
      other.label === model.label,
  );
  if (taken) throw invalid(own, `${taken.name} has that name, collection or label`);
}

/** No navigation property leads to, or from, what OData does not show. */
function withoutDeadEnds(models: readonly EntityModel[]): EntityModel[] {
  const hidden = new Set(models.filter(({ unpublished }) => unpublished).map(({ name }) => name));
  if (hidden.size === 0) return [...models];
  return models.map((model) => ({
    ...model,
    navigations: (model.navigations ?? []).filter(({ entity }) => !hidden.has(entity) && !hidden.has(model.name)),
  }));
}

function propertyOf({
  name,
  type,
  maxLength = 60,
  mandatory,
  enumeration: members = 'NoYes',
}: OwnField): PropertyModel {
  const need = mandatory ? 'mandatory' : 'optional';
  switch (type) {
    case 'text':
      return text(name, maxLength, need);
    case 'whole':
      return whole(name, need);
    case 'long':
      return long(name, need);
    case 'real':
      return real(name, need);
    case 'date':
      return date(name, need);
    case 'dateTime':
      return dateTime(name, need);
    case 'guid':
      return guid(name, need);
    case 'enumeration':
      return enumeration(name, members, need);
  }
}

const invalid = ({ aotName }: OwnEntity, reason: string) =>
  errors.SANDBOX_OPTION_INVALID({ option: 'finops.entities', reason: `${aotName}: ${reason}` });
