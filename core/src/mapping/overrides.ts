import type { Value } from '../values/index.js';
import type { EntityMap, FieldMap, FieldSource, ValueKind } from './field-map.js';

/** What the rc file may say of one field: `overrides.<task>.<field>`. What it leaves out stays as the template has it. */
export interface FieldOverride {
  readonly from?: string | readonly string[];
  readonly constant?: Value;
  readonly valueMap?: Readonly<Record<string, Value>>;
  readonly default?: Value;
  readonly truncate?: number;
  readonly as?: Exclude<ValueKind, 'asIs'>;
  /** Role of the side whose value holds where both have changed the field, or `ask`. */
  readonly master?: string;
  /** Leaves the field out. */
  readonly off?: boolean;
}

export interface FieldChoices {
  /** Optional fields that are switched on. */
  readonly fields?: readonly string[] | undefined;
  readonly overrides?: Readonly<Record<string, FieldOverride>> | undefined;
}

/** The fields in force: optional ones as chosen, overrides applied, new fields added at the end. */
export function withChoices(entity: EntityMap, { fields = [], overrides = {} }: FieldChoices): EntityMap {
  const chosen = new Set(fields);
  const known = new Set(entity.fields.map(({ name }) => name));
  const kept = entity.fields
    .filter(({ name, optional }) => !optional || chosen.has(name) || name in overrides)
    .map((field) => applyOverride(field, overrides[field.name]));
  const added = Object.entries(overrides)
    .filter(([name]) => !known.has(name))
    .map(([name, override]) => applyOverride(newField(name), override));
  const off = new Set(Object.keys(overrides).filter((name) => overrides[name]?.off));
  return { ...entity, fields: [...kept, ...added].filter(({ name }) => !off.has(name)) };
}

const newField = (name: string): FieldMap => ({
  name,
  source: { kind: 'constant', value: null },
  key: false,
  optional: false,
  as: 'asIs',
});

function applyOverride(field: FieldMap, override: FieldOverride | undefined): FieldMap {
  if (!override) return field;
  const { valueMap, as, truncate, master } = override;
  const { valueMap: ownMap, refersTo: _reference, organization: _unit, needs: _need, ...unmapped } = field;
  const source = sourceOf(override);
  // Another source makes the template's value map, reference and need meaningless.
  const base: FieldMap = source ? { ...unmapped, source } : { ...unmapped, ...pick(field) };
  return {
    ...base,
    ...(valueMap ? { valueMap: { values: valueMap } } : !source && ownMap ? { valueMap: ownMap } : {}),
    ...(override.default === undefined ? {} : { default: override.default }),
    ...(truncate === undefined ? {} : { truncate }),
    ...(as ? { as } : {}),
    ...(master === undefined ? {} : { master }),
  };
}

const pick = ({ refersTo, organization, needs }: FieldMap): Pick<FieldMap, 'refersTo' | 'organization' | 'needs'> => ({
  ...(refersTo === undefined ? {} : { refersTo }),
  ...(organization === undefined ? {} : { organization }),
  ...(needs === undefined ? {} : { needs }),
});

function sourceOf({ from, constant }: FieldOverride): FieldSource | undefined {
  if (from !== undefined) return { kind: 'from', paths: typeof from === 'string' ? [from] : from };
  return constant === undefined ? undefined : { kind: 'constant', value: constant };
}
