import type { EntityType, Metadata, NavigationProperty, Property } from '@isthmus/odata';
import { entityOf, type Entity } from './entity.js';

const NAMESPACE = 'Microsoft.Dynamics.CRM';

const property = (name: string, type: string, more: Partial<Property> = {}): [string, Property] => [
  name,
  { name, type, nullable: true, ...more },
];

const lookup = (navigation: string, attribute: string, target: string): [string, NavigationProperty] => [
  navigation,
  {
    name: navigation,
    target: `${NAMESPACE}.${target}`,
    collection: false,
    constraints: [{ property: `_${attribute}_value`, referenced: `${target}id` }],
  },
];

const table = (
  name: string,
  properties: readonly [string, Property][],
  more: Partial<EntityType> = {},
): EntityType => ({
  name,
  namespace: NAMESPACE,
  set: `${name}s`,
  key: [`${name}id`],
  alternateKeys: [],
  properties: new Map([property(`${name}id`, 'Edm.Guid', { nullable: false }), ...properties]),
  navigation: new Map(),
  ...more,
});

const account = table('account', [property('accountnumber', 'Edm.String'), property('name', 'Edm.String')], {
  alternateKeys: [['accountnumber']],
});

const contact = table('contact', [property('fullname', 'Edm.String')]);

const unit = table('msdyn_organizationalunit', [property('msdyn_name', 'Edm.String')], {
  alternateKeys: [['msdyn_name']],
});

const order = table(
  'salesorder',
  [
    property('ordernumber', 'Edm.String', { maxLength: 100, nullable: false }),
    property('name', 'Edm.String', { maxLength: 300 }),
    property('totalamount', 'Edm.Decimal'),
    property('msdyn_ordertype', 'Edm.Int32'),
    property('versionnumber', 'Edm.Int64', { computed: true }),
    property('ispricelocked', 'Edm.Boolean'),
    property('requestdeliveryby', 'Edm.Date'),
    property('createdon', 'Edm.DateTimeOffset', { permissions: 'Read' }),
    property('_customerid_value', 'Edm.Guid'),
    property('_msdyn_contractorganizationalunitid_value', 'Edm.Guid'),
    property('entityimage', 'Edm.Binary'),
  ],
  {
    alternateKeys: [['ordernumber']],
    changeTracking: true,
    navigation: new Map([
      lookup('customerid_account', 'customerid', 'account'),
      lookup('customerid_contact', 'customerid', 'contact'),
      lookup('msdyn_ContractOrganizationalUnitId', 'msdyn_contractorganizationalunitid', 'msdyn_organizationalunit'),
      ['order_details', { name: 'order_details', target: `${NAMESPACE}.detail`, collection: true, constraints: [] }],
    ]),
  },
);

const detail = table('salesorderdetail', [property('_salesorderid_value', 'Edm.Guid')], {
  navigation: new Map([lookup('salesorderid', 'salesorderid', 'salesorder')]),
});

const tables = [account, contact, unit, order, detail];

export const sampleMetadata: Metadata = {
  entitySets: new Map(tables.map((type) => [`${type.name}s`, type])),
  types: new Map(tables.map((type) => [`${NAMESPACE}.${type.name}`, type])),
  enums: new Map(),
};

/** Orders: a column of every type, a polymorphic lookup, and one whose navigation property is spelled differently. */
export const sampleOrder: Entity = entityOf(order, sampleMetadata);

/** Order lines, which point at orders. */
export const sampleLine: Entity = entityOf(detail, sampleMetadata);
