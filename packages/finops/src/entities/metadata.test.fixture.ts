import type { EntityType, Metadata, NavigationProperty, Property } from '@isthmus/odata';
import { describeEntity, type Entity } from './entity.js';

const NAMESPACE = 'Microsoft.Dynamics.DataEntities';

const property = (name: string, type: string, more: Partial<Property> = {}): [string, Property] => [
  name,
  { name, type, nullable: true, ...more },
];

const navigation: NavigationProperty = {
  name: 'CustomerGroup',
  target: `${NAMESPACE}.CustomerGroup`,
  collection: false,
  constraints: [],
};

const project: EntityType = {
  name: 'ProjCDSProject',
  namespace: NAMESPACE,
  set: 'ProjCDSProjects',
  key: ['dataAreaId', 'ProjectID'],
  alternateKeys: [],
  properties: new Map([
    property('dataAreaId', 'Edm.String', { nullable: false }),
    property('ProjectID', 'Edm.String', { nullable: false, maxLength: 20 }),
    property('ProjectName', 'Edm.String', { maxLength: 60 }),
    property('StartDate', 'Edm.DateTimeOffset'),
    property('Amount', 'Edm.Decimal'),
    property('Lines', 'Edm.Int32'),
    property('RecId', 'Edm.Int64', { permissions: 'Read' }),
    property('Weight', 'Edm.Double'),
    property('TaskId', 'Edm.Guid'),
    property('IsActive', 'Edm.Boolean'),
    property('ProjectType', `${NAMESPACE}.ProjType`),
    property('Chargeable', `${NAMESPACE}.NoYes`),
    property('Picture', 'Edm.Binary'),
  ]),
  navigation: new Map([
    [navigation.name, navigation],
    ['Tasks', { name: 'Tasks', target: `${NAMESPACE}.Task`, collection: true, constraints: [] }],
  ]),
};

const group: EntityType = {
  name: 'CustomerGroup',
  namespace: NAMESPACE,
  set: 'CustomerGroups',
  key: ['CustomerGroupId'],
  alternateKeys: [],
  properties: new Map([property('CustomerGroupId', 'Edm.String'), property('PaymentTermId', 'Edm.String')]),
  navigation: new Map(),
};

const enumOf = (name: string, members: readonly string[]): Metadata['enums'] =>
  new Map([
    [
      `${NAMESPACE}.${name}`,
      { name, namespace: NAMESPACE, members: new Map(members.map((member, value) => [member, value])) },
    ],
  ]);

export const sampleMetadata: Metadata = {
  entitySets: new Map([
    ['ProjCDSProjects', project],
    ['CustomerGroups', group],
  ]),
  types: new Map([project, group].map((type) => [`${type.namespace}.${type.name}`, type])),
  enums: new Map([...enumOf('ProjType', ['TimeMaterial', 'FixedPrice']), ...enumOf('NoYes', ['No', 'Yes'])]),
};

/** A project entity with a field of every type, and a lookup. */
export const sampleProject: Entity = describeEntity('ProjCDSProjectEntity', 'ProjCDSProjects', project, sampleMetadata);
