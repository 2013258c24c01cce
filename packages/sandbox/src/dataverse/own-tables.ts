import { Type } from 'class-transformer';
import {
  ArrayMinSize,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Max,
  Min,
  ValidateNested,
  isString,
} from 'class-validator';
import { HasValues } from '../checks/index.js';
import { errors } from '../errors.js';
import type { EntityModel, LookupModel, PropertyModel, RequiredLevel, TableKind } from '../model/index.js';
import { psaColumns } from '../model/index.js';

const { activeState, binary, choice, currency, date, dateTime, decimal, double, exchangeRate, flag, guid } = psaColumns;
const { lookup, money, polymorphicLookup, short, table, text, whole } = psaColumns;

const TYPES = [
  ...(['text', 'short', 'whole', 'decimal', 'double', 'money', 'boolean'] as const),
  ...(['date', 'dateTime', 'choice', 'guid', 'binary'] as const),
];
const KINDS: readonly TableKind[] = ['standard', 'elastic', 'virtual'];

/** A column that a customer, or another solution, has added. */
export class OwnColumn {
  /** Logical name, as `new_costcentre`. */
  @IsNotEmpty()
  @IsString()
  readonly name!: string;
  /** `money` comes with its base amount; a `date` has no time; `binary` travels as base64. */
  @IsIn(TYPES)
  readonly type!: (typeof TYPES)[number];
  /** Characters of a text, 100 unless told. */
  @IsOptional()
  @IsInt()
  @Min(1)
  readonly maxLength?: number;
  /** Digits of a decimal, 2 unless told. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(10)
  readonly scale?: number;
  /** A row without a value is refused; false unless told. */
  @IsOptional()
  @IsBoolean()
  readonly required?: boolean;
  /** Of a `dateTime`: whether people see it in their own time zone; `UserLocal` unless told. */
  @IsOptional()
  @IsIn(['UserLocal', 'TimeZoneIndependent'])
  readonly behavior?: 'UserLocal' | 'TimeZoneIndependent';
  /** Of a choice: its values, and their labels. */
  @IsOptional()
  @HasValues(isString, 'a label')
  readonly options?: Readonly<Record<number, string>>;
}

/** A lookup that a customer, or another solution, has added. */
export class OwnLookup {
  /** Logical name; rows show it as `_{name}_value`. */
  @IsNotEmpty()
  @IsString()
  readonly name!: string;
  /** Logical names of the tables that it may point at; with several, `{name}_{table}` binds one. */
  @IsString({ each: true })
  @ArrayMinSize(1)
  readonly targets!: readonly string[];
  /** What binds it, mostly the name in other letters; the name unless told. */
  @IsOptional()
  @IsString()
  readonly navigation?: string;
}

/** A table that is not here, or what a table that is here has more. */
export class OwnTable {
  /** Logical name. */
  @IsNotEmpty()
  @IsString()
  readonly name!: string;
  /** Entity set of a new table; the name and an s unless told. */
  @IsOptional()
  @IsString()
  readonly set?: string;
  /** Column of a new table whose text stands for the row. */
  @IsOptional()
  @IsString()
  readonly primaryName?: string;
  /** Whether changes are tracked; those of a new table are unless told. */
  @IsOptional()
  @IsBoolean()
  readonly changeTracking?: boolean;
  /** Of a new table; `standard` unless told. */
  @IsOptional()
  @IsIn(KINDS)
  readonly kind?: TableKind;
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => OwnColumn)
  readonly columns?: readonly OwnColumn[];
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => OwnLookup)
  readonly lookups?: readonly OwnLookup[];
}

/**
 * The tables of the model with these as well.
 *
 * @throws SANDBOX_OPTION_INVALID where a name is taken, a lookup leads nowhere, or a choice has nothing to choose
 */
export function withOwnTables(models: readonly EntityModel[], tables: readonly OwnTable[]): EntityModel[] {
  const found = new Map(models.map((model) => [model.name, model]));
  for (const own of tables) {
    const known = found.get(own.name);
    if (known) refuseRenaming(own);
    found.set(own.name, known ? extended(known, own) : created(own));
  }
  const all = [...found.values()];
  for (const own of tables) check(own, found.get(own.name), all);
  return all;
}

/** What a table is called, and where it is kept, is decided when it is made. */
function refuseRenaming({ name, set, primaryName, kind }: OwnTable): void {
  const [said] = Object.entries({ set, primaryName, kind }).filter(([, value]) => value !== undefined);
  if (!said) return;
  const reason = `${name} is there already, and its ${said[0]} cannot be changed`;
  throw errors.SANDBOX_OPTION_INVALID({ option: 'dataverse.tables', reason });
}

function created(own: OwnTable): EntityModel {
  const { name, set = `${name}s`, primaryName, changeTracking = true, kind } = own;
  const properties = [...propertiesOf(own), ...activeState];
  const amounts = properties.some(({ money: isMoney }) => isMoney);
  return table({
    name,
    set,
    primaryKey: `${name}id`,
    ...(primaryName !== undefined && { primaryName }),
    ...(kind && { kind }),
    changeTracking,
    properties: amounts ? [...properties, exchangeRate] : properties,
    lookups: amounts ? [...lookupsOf(own), currency] : lookupsOf(own),
  });
}

const extended = (model: EntityModel, own: OwnTable): EntityModel => ({
  ...model,
  changeTracking: own.changeTracking ?? model.changeTracking === true,
  properties: [...model.properties, ...propertiesOf(own)],
  lookups: [...model.lookups, ...lookupsOf(own)],
});

const propertiesOf = ({ columns = [] }: OwnTable): PropertyModel[] => columns.flatMap(propertyOf);

function propertyOf(own: OwnColumn): PropertyModel[] {
  const { name, type, maxLength = 100, scale = 2, required, behavior, options = {} } = own;
  const level: RequiredLevel = required ? 'systemrequired' : 'none';
  switch (type) {
    case 'text':
      return [text(name, maxLength, level)];
    case 'short':
      return [short(name, level)];
    case 'binary':
      return [binary(name, level)];
    case 'whole':
      return [whole(name, level)];
    case 'decimal':
      return [decimal(name, scale, level)];
    case 'double':
      return [double(name, level)];
    case 'money':
      return money(name, level);
    case 'boolean':
      return [flag(name, level)];
    case 'date':
      return [date(name, level)];
    case 'dateTime':
      return [dateTime(name, level, behavior)];
    case 'choice':
      return [choice(name, options, level)];
    case 'guid':
      return [guid(name, level)];
  }
}

const lookupsOf = ({ lookups = [] }: OwnTable): LookupModel[] =>
  lookups.map(({ name, targets, navigation }) => {
    const [only] = targets;
    return targets.length === 1 && only ? lookup(name, only, navigation) : polymorphicLookup(name, ...targets);
  });

function check({ lookups = [] }: OwnTable, model: EntityModel | undefined, all: readonly EntityModel[]): void {
  if (!model) return;
  const names = [...model.properties.map(({ name }) => name), ...model.lookups.map(({ attribute }) => attribute)];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  const invalid = (reason: string) =>
    errors.SANDBOX_OPTION_INVALID({ option: 'dataverse.tables', reason: `${model.name}: ${reason}` });
  if (twice !== undefined) throw invalid(`two columns would be called ${twice}`);
  if (all.some(({ name, set }) => set === model.set && name !== model.name)) throw invalid(`${model.set} is taken`);
  const nowhere = lookups.flatMap(({ targets }) => targets).find((target) => !all.some(({ name }) => name === target));
  if (nowhere !== undefined) throw invalid(`there is no table ${nowhere}`);
  const bare = model.properties.find(({ options }) => options && Object.keys(options).length === 0);
  if (bare) throw invalid(`the choice ${bare.name} has no options`);
  if (model.primaryName !== undefined && !names.includes(model.primaryName))
    throw invalid(`there is no column ${model.primaryName}`);
}
