import { createHash } from 'node:crypto';
import type { EntityModel } from '../../model/index.js';
import type { Column, Schema, Value } from '../../store/index.js';

export type DefinitionRow = Readonly<Record<string, Value>>;

/** The same name has the same id in every sandbox. */
export function metadataId(...names: string[]): string {
  const digest = createHash('sha256').update(names.join('/')).digest('hex');
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}

export const entityRow = ({
  name,
  set,
  primaryKey,
  primaryName,
  changeTracking,
  pairs,
  kind = 'standard',
}: EntityModel): DefinitionRow => ({
  MetadataId: metadataId(name),
  LogicalName: name,
  SchemaName: name,
  EntitySetName: set,
  LogicalCollectionName: set,
  PrimaryIdAttribute: primaryKey[0] ?? null,
  PrimaryNameAttribute: primaryName ?? null,
  TableType: kind.charAt(0).toUpperCase() + kind.slice(1),
  ChangeTrackingEnabled: changeTracking === true,
  IsCustomEntity: name.includes('_'),
  IsIntersect: pairs !== undefined,
});

export const keyRows = ({ name, alternateKeys = [] }: EntityModel): DefinitionRow[] =>
  alternateKeys.map((key) => ({
    MetadataId: metadataId(name, 'key', key.name),
    LogicalName: key.name,
    SchemaName: key.name,
    EntityLogicalName: name,
    EntityKeyIndexStatus: key.status ?? 'Active',
    KeyAttributes: JSON.stringify(key.attributes),
    _entity_value: metadataId(name),
  }));

export function attributeRow(column: Column, { model }: Schema): DefinitionRow {
  const { lookup, name, type, readOnly, options, scale, maxLength, behavior } = column;
  const logicalName = lookup?.attribute ?? name;
  const kind = attributeType(column);
  const writable = lookup ? lookup.readOnly !== true : readOnly !== true;
  const ofMoments = type === 'Edm.DateTimeOffset' ? (behavior ?? 'UserLocal') : undefined;
  const dateBehavior = type === 'Edm.Date' ? 'DateOnly' : ofMoments;
  return {
    '@odata.type': `#Microsoft.Dynamics.CRM.${METADATA_TYPES[kind] ?? kind}AttributeMetadata`,
    MetadataId: metadataId(model.name, 'attribute', logicalName),
    LogicalName: logicalName,
    SchemaName: logicalName,
    EntityLogicalName: model.name,
    AttributeType: kind,
    AttributeTypeName: JSON.stringify({ Value: `${kind}Type` }),
    RequiredLevel: JSON.stringify({ Value: LEVELS[column.required ?? 'none'], CanBeChanged: true }),
    DateTimeBehavior: dateBehavior === undefined ? null : JSON.stringify({ Value: dateBehavior }),
    Targets: lookup ? JSON.stringify(lookup.targets.map(({ entity }) => entity)) : null,
    IsPrimaryId: model.primaryKey.includes(name),
    IsPrimaryName: model.primaryName === name,
    IsValidForCreate: writable,
    IsValidForRead: true,
    IsValidForUpdate: writable && !model.primaryKey.includes(name),
    MaxLength: maxLength ?? null,
    Precision: scale ?? null,
    _entity_value: metadataId(model.name),
    _optionset_value: options ? metadataId(model.name, 'options', name) : null,
  };
}

const METADATA_TYPES: Readonly<Record<string, string>> = { Customer: 'Lookup', Uniqueidentifier: '' };

const LEVELS = {
  none: 'None',
  recommended: 'Recommended',
  required: 'ApplicationRequired',
  systemrequired: 'SystemRequired',
} as const;

const TYPES: Readonly<Partial<Record<Column['type'], string>>> = {
  'Edm.String': 'String',
  'Edm.Guid': 'Uniqueidentifier',
  'Edm.Boolean': 'Boolean',
  'Edm.Binary': 'Virtual',
  'Edm.Int16': 'Integer',
  'Edm.Int32': 'Integer',
  'Edm.Int64': 'BigInt',
  'Edm.Decimal': 'Decimal',
  'Edm.Double': 'Double',
  'Edm.Date': 'DateTime',
  'Edm.DateTimeOffset': 'DateTime',
};

function attributeType({ lookup, options, name, money, base, type }: Column): string {
  if (lookup) return lookup.attribute === 'customerid' ? 'Customer' : 'Lookup';
  if (options) return name === 'statecode' ? 'State' : name === 'statuscode' ? 'Status' : 'Picklist';
  return money || base ? 'Money' : (TYPES[type] ?? 'String');
}

export const optionSetRow = ({ name, options = {} }: Column, { model }: Schema): DefinitionRow => ({
  MetadataId: metadataId(model.name, 'options', name),
  Name: `${model.name}_${name}`,
  IsGlobal: false,
  Options: JSON.stringify(
    Object.entries(options).map(([value, text]) => {
      const label = { Label: text, LanguageCode: 1033 };
      return { Value: Number(value), Label: { LocalizedLabels: [label], UserLocalizedLabel: label } };
    }),
  ),
});

export const relationshipRows = ({ model, navigations }: Schema): DefinitionRow[] =>
  [...navigations.values()].flatMap((navigation) => {
    if (navigation.kind !== 'many') return [];
    const { name, column, target } = navigation;
    const own = column.lookup?.targets.find(({ entity }) => entity === model.name)?.navigation ?? '';
    return {
      MetadataId: metadataId(model.name, 'relationship', name),
      SchemaName: name,
      ReferencedEntity: model.name,
      ReferencedAttribute: model.primaryKey[0] ?? null,
      ReferencedEntityNavigationPropertyName: name,
      ReferencingEntity: target.model.name,
      ReferencingAttribute: column.lookup?.attribute ?? null,
      ReferencingEntityNavigationPropertyName: own,
      _referenced_value: metadataId(model.name),
      _referencing_value: metadataId(target.model.name),
    };
  });

export const manyToManyRows = ({ model }: Schema): DefinitionRow[] => {
  if (!model.pairs) return [];
  const { relationship, ends } = model.pairs;
  const [first, second] = ends;
  return [
    {
      MetadataId: metadataId(model.name, 'relationship', relationship),
      SchemaName: relationship,
      IntersectEntityName: model.name,
      Entity1LogicalName: first.entity,
      Entity1IntersectAttribute: first.attribute,
      Entity1NavigationPropertyName: first.navigation,
      Entity2LogicalName: second.entity,
      Entity2IntersectAttribute: second.attribute,
      Entity2NavigationPropertyName: second.navigation,
    },
  ];
};

/** Both sides of an N:N relationship know it. */
export const relatedRows = ({ model }: Schema): DefinitionRow[] =>
  (model.pairs?.ends ?? []).map(({ entity, navigation }, end) => ({
    MetadataId: metadataId(model.name, 'end', navigation, String(end)),
    EntityId: metadataId(entity),
    RelationshipId: metadataId(model.name, 'relationship', model.pairs?.relationship ?? ''),
  }));
