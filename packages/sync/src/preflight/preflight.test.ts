import { expect } from 'chai';
import {
  Constant,
  Decimal,
  entityMapOf,
  From,
  IntegrationKey,
  MapEntity,
  parameter,
  Truncate,
  ValueMap,
  type EntityDescription,
  type FieldDescription,
} from '@isthmus/core';
import { compareFields } from './compare.js';
import { checkDestination } from './destination.js';
import { checkMembers } from './members.js';
import { checkSource } from './source.js';

@MapEntity({ task: 'orders', title: 'Orders', source: 'orders', sourceId: 'orderid', destination: 'OrderEntity' })
class Orders {
  @From('ordernumber') @IntegrationKey() OrderId!: string;
  @From('curency.isocode') Currency!: string;
  @From('customer.nmae') Customer!: string;
  @From('name') Name!: string;
  @From('name') @Truncate(10) ShortName!: string;
  @From('name') @Decimal() Amount!: string;
}

@MapEntity({ task: 'billed', title: 'Billed', source: 'orders', sourceId: 'orderid', destination: 'BilledEntity' })
class Billed {
  @From('ordernumber') @IntegrationKey() OrderId!: string;
  @From('name') @ValueMap(parameter('types'), { otherwise: 'NotAvailable' }) BillingType!: string;
  @Constant('Fixed') Kind!: string;
}

const field = (name: string, more: Partial<FieldDescription> = {}): [string, FieldDescription] => [
  name,
  { name, type: 'text', required: false, readOnly: false, ...more },
];

const entity = (name: string, more: Partial<EntityDescription>): [string, EntityDescription] => [
  name,
  {
    entity: name,
    set: name,
    key: [],
    perLegalEntity: false,
    changeTracking: false,
    fields: new Map(),
    lookups: new Map(),
    ...more,
  },
];

const SOURCES = new Map([
  entity('orders', {
    fields: new Map([field('orderid'), field('ordernumber'), field('name', { maxLength: 300 })]),
    lookups: new Map([
      ['currency', ['currencies']],
      ['customer', ['accounts', 'contacts']],
    ]),
  }),
  entity('accounts', { fields: new Map([field('name')]) }),
  entity('contacts', { fields: new Map([field('fullname')]) }),
]);

const task = entityMapOf(Orders);

describe('Before a run', () => {
  it('every wrong path of the source is found, with the nearest right name', () => {
    const faults = checkSource(task, {}, SOURCES);
    expect(faults.map(({ code, details }) => [code, details['nearest']])).to.deep.equal([
      ['MAPPING_PATH_UNKNOWN', 'currency.isocode'],
      ['MAPPING_PATH_UNKNOWN', 'customer.name'],
    ]);
  });

  it('a missing entity is reported once, and not field by field', () => {
    expect(checkSource(task, {}, new Map()).map(({ code }) => code)).to.deep.equal(['MAPPING_ENTITY_UNKNOWN']);
    expect(checkDestination(task, new Map()).map(({ code }) => code)).to.deep.equal(['MAPPING_ENTITY_UNKNOWN']);
  });

  it('every field that the destination lacks is found, and a key that is not covered', () => {
    const present = ['OrderId', 'Currency', 'Customer', 'Nmae', 'ShortName', 'Amount'].map((name) => field(name));
    const destinations = new Map([
      entity('OrderEntity', { key: ['dataAreaId', 'OrderId', 'Line'], perLegalEntity: true, fields: new Map(present) }),
    ]);
    const faults = checkDestination(task, destinations);
    expect(faults.map(({ code, message }) => [code, /nearest name is 'Nmae'|Line/.exec(message)?.[0]])).to.deep.equal([
      ['MAPPING_FIELD_UNKNOWN', "nearest name is 'Nmae'"],
      ['MAPPING_KEY_NOT_COVERED', 'Line'],
    ]);
  });

  it('a symbol that an enumeration does not have is found, whoever it comes from', () => {
    const members = ['NotAvailable', 'Chargeable'];
    const fields = [field('BillingType', { type: 'enum', members }), field('Kind', { type: 'enum', members })];
    const destinations = new Map([entity('BilledEntity', { fields: new Map(fields) })]);
    const billed = entityMapOf(Billed);
    const told = (types: Record<string, string>) =>
      checkMembers(billed, { types }, destinations).map(({ name, message }) => [name, /no '(.*?)'/.exec(message)?.[1]]);
    expect(told({ 1: 'Chargeable' })).to.deep.equal([['billed.Kind', 'Fixed']]);
    expect(told({ 1: 'Chargable' })).to.deep.equal([
      ['billed.BillingType', 'Chargable'],
      ['billed.Kind', 'Fixed'],
    ]);
    expect(checkMembers(billed, { types: { 1: 'Chargable' } }, destinations)[0]?.message).to.contain("is 'Chargeable'");
  });

  it('lengths and types that may not fit are warnings, and so is a required field that is not mapped', () => {
    const fields = [
      field('OrderId'),
      field('Name', { maxLength: 60 }),
      field('ShortName', { maxLength: 60 }),
      field('Amount', { type: 'decimal' }),
      field('Site', { required: true }),
      field('RecordId', { required: true, readOnly: true }),
    ];
    const destinations = new Map([entity('OrderEntity', { fields: new Map(fields) })]);
    expect(compareFields(task, SOURCES, destinations).map(({ name }) => name)).to.deep.equal([
      'orders.Name',
      'orders.Amount',
      'orders.Site',
    ]);
  });
});
