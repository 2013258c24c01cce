import type { EntityModel, LookupModel, PropertyModel } from '../../model/index.js';

/** The tables that describe the tables, written down as tables themselves: so they are queried in the same way. */

const text = (name: string): PropertyModel => ({ name, type: 'Edm.String', nullable: true });
const flag = (name: string): PropertyModel => ({ name, type: 'Edm.Boolean', nullable: false });
const whole = (name: string): PropertyModel => ({ name, type: 'Edm.Int32', nullable: true });
const id = (name: string): PropertyModel => ({ name, type: 'Edm.Guid', nullable: false });
const json = (name: string): PropertyModel => ({ name, type: 'Json', nullable: true });
const metadataId = id('MetadataId');

const part = (attribute: string, entity: string, navigation: string, collection: string): LookupModel => ({
  attribute,
  hidden: true,
  targets: [{ entity, navigation, collection }],
});

const definition = (name: string, set: string, properties: PropertyModel[], lookups: LookupModel[]): EntityModel => ({
  name,
  set,
  primaryKey: ['MetadataId'],
  unversioned: true,
  properties: [metadataId, ...properties],
  lookups,
});

export const ATTRIBUTE_TYPES = [
  'BigInt',
  'Boolean',
  'Customer',
  'DateTime',
  'Decimal',
  'Double',
  'Integer',
  'Lookup',
  'Money',
  'Picklist',
  'State',
  'Status',
  'String',
  'Uniqueidentifier',
];

export const definitionModels: EntityModel[] = [
  {
    ...definition(
      'EntityMetadata',
      'EntityDefinitions',
      [
        ...['LogicalName', 'SchemaName', 'EntitySetName', 'LogicalCollectionName'].map(text),
        ...['PrimaryIdAttribute', 'PrimaryNameAttribute', 'TableType'].map(text),
        ...['ChangeTrackingEnabled', 'IsCustomEntity', 'IsIntersect'].map(flag),
      ],
      [],
    ),
    alternateKeys: [{ name: 'LogicalName', attributes: ['LogicalName'] }],
  },
  definition(
    'EntityKeyMetadata',
    'EntityKeys',
    [...['LogicalName', 'SchemaName', 'EntityLogicalName', 'EntityKeyIndexStatus'].map(text), json('KeyAttributes')],
    [part('entity', 'EntityMetadata', 'Entity', 'Keys')],
  ),
  definition(
    'AttributeMetadata',
    'Attributes',
    [
      text('@odata.type'),
      ...['LogicalName', 'SchemaName', 'EntityLogicalName'].map(text),
      { name: 'AttributeType', type: 'Enum', enumType: 'AttributeTypeCode', nullable: false },
      ...['AttributeTypeName', 'RequiredLevel', 'DateTimeBehavior', 'Targets'].map(json),
      ...['IsPrimaryId', 'IsPrimaryName', 'IsValidForCreate', 'IsValidForRead', 'IsValidForUpdate'].map(flag),
      ...['MaxLength', 'Precision'].map(whole),
    ],
    [
      part('entity', 'EntityMetadata', 'Entity', 'Attributes'),
      part('optionset', 'OptionSetMetadata', 'OptionSet', 'Columns'),
    ],
  ),
  definition('OptionSetMetadata', 'OptionSets', [text('Name'), flag('IsGlobal'), json('Options')], []),
  definition(
    'OneToManyRelationshipMetadata',
    'Relationships',
    [
      text('SchemaName'),
      ...['ReferencedEntity', 'ReferencedAttribute', 'ReferencedEntityNavigationPropertyName'].map(text),
      ...['ReferencingEntity', 'ReferencingAttribute', 'ReferencingEntityNavigationPropertyName'].map(text),
    ],
    [
      part('referenced', 'EntityMetadata', 'Referenced', 'OneToManyRelationships'),
      part('referencing', 'EntityMetadata', 'Referencing', 'ManyToOneRelationships'),
    ],
  ),
  definition(
    'ManyToManyRelationshipMetadata',
    'ManyToManyRelationships',
    [
      ...['SchemaName', 'IntersectEntityName'].map(text),
      ...['Entity1LogicalName', 'Entity1IntersectAttribute', 'Entity1NavigationPropertyName'].map(text),
      ...['Entity2LogicalName', 'Entity2IntersectAttribute', 'Entity2NavigationPropertyName'].map(text),
    ],
    [],
  ),
  {
    ...definition('RelatedEntity', 'RelatedEntities', [id('EntityId'), id('RelationshipId')], []),
    pairs: {
      relationship: 'RelatedEntity',
      ends: [
        { entity: 'EntityMetadata', attribute: 'EntityId', navigation: 'ManyToManyRelationships' },
        { entity: 'ManyToManyRelationshipMetadata', attribute: 'RelationshipId', navigation: 'Entities' },
      ],
    },
  },
];
