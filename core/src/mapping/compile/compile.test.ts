import { expect } from 'chai';
import { Transform, Type } from 'class-transformer';
import { IsEmail, IsIn, IsNotEmpty, IsOptional, Length, Matches, MaxLength, validateSync } from 'class-validator';
import type { IsthmusError } from '../../errors/index.js';
import type { SourceRow } from '../../values/index.js';
import {
  compileMapping,
  Conditional,
  Constant,
  DateOnly,
  Decimal,
  Default,
  entityMapOf,
  fieldsOf,
  From,
  IntegrationKey,
  LookupByCrossReference,
  LookupByKey,
  MapEntity,
  OptionalField,
  parameter,
  Truncate,
  UtcDateTime,
  ValueMap,
  withChoices,
} from '../index.js';

interface Order {
  orderid: string;
  ordernumber: string | null;
  name: string;
  terms: number | null;
  rate: string;
  starts: string | null;
  currency: { code: string | null } | null;
  customer: { number: string | null; region: { name: string } } | null;
  person: { number: string | null } | null;
}

const order = fieldsOf<Order>();

@MapEntity({
  task: 'orders',
  title: 'Orders',
  source: 'orders',
  sourceId: 'orderid',
  destination: 'OrderEntity',
  filter: [order.is('terms', 1)],
  organization: order.path('customer.region.name'),
})
class OrderMap {
  @order.From('ordernumber') @IntegrationKey() OrderId!: string;
  @order.From('name') @Truncate(5) @MaxLength(5) @IsNotEmpty() Name!: string;
  @order.From('terms') @ValueMap(parameter('terms')) Terms!: string;
  @order.From('currency.code') @Default('USD') @Length(3, 3) Currency!: string;
  @order.From('customer.number', 'person.number') Customer!: string;
  @Constant(parameter('origin')) Origin!: string;
  @order.From('rate') @Decimal() Rate!: string;
  @order.From('starts') @DateOnly() StartDate!: string;
  @order.From('starts') @UtcDateTime() StartTime!: string;
  @Conditional([{ when: [order.is('terms', 1)], then: 'short' }], 'long') Kind!: string;
  @order.Computed(['name', 'ordernumber'], ([name, number]) => `${name}/${number}`) Label!: string;
  @order.From('name') @OptionalField() Alias!: string;
}

const PARAMETERS = { terms: { 1: 'Net30', 2: 'Net45' }, origin: 'Isthmus' };

const ROW: Order & SourceRow = {
  orderid: 'a1',
  ordernumber: 'ORD-1',
  name: 'Bridges',
  terms: 1,
  rate: '1.2300',
  starts: '2026-03-01T23:30:00Z',
  currency: null,
  customer: null,
  person: { number: 'P7' },
};

function mapped(row: SourceRow, settings: { timeZone?: string } = {}) {
  const faults: IsthmusError[] = [];
  const compiled = compileMapping(withChoices(entityMapOf(OrderMap), {}), { parameters: PARAMETERS, ...settings });
  const result = compiled.map(row, faults);
  compiled.check(result, faults);
  return { result, faults, codes: faults.map(({ code }) => code) };
}

describe('A mapping class, compiled', () => {
  it('fills every destination field from where its decorator says', () => {
    expect(mapped(ROW)).to.deep.include({
      result: {
        OrderId: 'ORD-1',
        Name: 'Bridg',
        Terms: 'Net30',
        Currency: 'USD',
        Customer: 'P7',
        Origin: 'Isthmus',
        Rate: '1.23',
        StartDate: '2026-03-01',
        StartTime: '2026-03-01T23:30:00Z',
        Kind: 'short',
        Label: 'Bridges/ORD-1',
      },
      faults: [],
    });
  });

  it('reads exactly the paths that the fields in force need', () => {
    const compiled = compileMapping(withChoices(entityMapOf(OrderMap), {}), { parameters: PARAMETERS });
    expect(compiled.paths).to.deep.equal([
      'currency.code',
      'customer.number',
      'customer.region.name',
      'name',
      'orderid',
      'ordernumber',
      'person.number',
      'rate',
      'starts',
      'terms',
    ]);
  });

  it('takes a moment for the day that it is in the time zone of the connection set', () => {
    expect(mapped(ROW, { timeZone: 'Europe/Berlin' }).result['StartDate']).to.equal('2026-03-02');
  });

  it('keeps every digit of a decimal', () => {
    expect(mapped({ ...ROW, rate: '12345678901234567890.1234567890' }).result['Rate']).to.equal(
      '12345678901234567890.123456789',
    );
  });

  it('refuses a record whose key is empty, and says which source field lacks a value', () => {
    const { codes, faults } = mapped({ ...ROW, ordernumber: null });
    expect(codes).to.deep.equal(['RECORD_KEY_EMPTY']);
    expect(faults[0]?.message).to.contain('ordernumber');
  });

  it('refuses an option that the value map does not have', () => {
    const { codes, faults } = mapped({ ...ROW, terms: 9 });
    expect(codes).to.deep.equal(['RECORD_VALUE_UNMAPPED']);
    expect(faults[0]?.place.field).to.equal('Terms');
  });

  it('names the field when a decorated rule is broken', () => {
    const { faults } = mapped({ ...ROW, currency: { code: 'DOLLAR' } });
    expect(faults.map(({ code, place, message }) => [code, place.field, message])).to.deep.equal([
      ['RECORD_RULE_BROKEN', 'Currency', 'Currency must be shorter than or equal to 3 characters'],
    ]);
  });

  it('does not stop at a value of the wrong kind', () => {
    expect(mapped({ ...ROW, rate: 'much', starts: 'soon' }).codes).to.deep.equal([
      'RECORD_VALUE_WRONG_KIND',
      'RECORD_VALUE_WRONG_KIND',
      'RECORD_VALUE_WRONG_KIND',
    ]);
  });

  it('never cuts a character in two when it truncates', () => {
    expect(mapped({ ...ROW, name: '1234🙂' }).result['Name']).to.equal('1234');
  });
});

describe('Overrides from the rc file', () => {
  const inForce = (choices: Parameters<typeof withChoices>[1]) => {
    const entity = withChoices(entityMapOf(OrderMap), choices);
    const compiled = compileMapping(entity, { parameters: PARAMETERS });
    return compiled.map(ROW, []);
  };

  it('switch optional fields on', () => {
    expect(inForce({})).not.to.have.property('Alias');
    expect(inForce({ fields: ['Alias'] })).to.have.property('Alias', 'Bridges');
  });

  it('replace the source of one field and leave the others alone', () => {
    expect(inForce({ overrides: { Name: { from: 'ordernumber' } } })).to.include({ Name: 'ORD-1', Terms: 'Net30' });
  });

  it('replace only the value map, default or length where they say only that', () => {
    expect(inForce({ overrides: { Terms: { valueMap: { 1: 'N30' } }, Name: { truncate: 3 } } })).to.include({
      Terms: 'N30',
      Name: 'Bri',
    });
  });

  it('switch a field off, and add one that the template does not have', () => {
    const row = inForce({ overrides: { Origin: { off: true }, Extra: { from: 'terms' } } });
    expect(row).not.to.have.property('Origin');
    expect(row).to.have.property('Extra', 1);
  });
});

describe('References between records', () => {
  @MapEntity({ task: 'lines', title: 'Lines', source: 'lines', sourceId: 'lineid', destination: 'LineEntity' })
  class LineMap {
    @From('lineid') @IntegrationKey() LineId!: string;
    @From('order.ordernumber') @LookupByKey('orders') OrderId!: string;
    @LookupByCrossReference('orders', '_parent_value') Parent!: string;
  }

  it('are declared by the lookups of the mapping', () => {
    const compiled = compileMapping(entityMapOf(LineMap), { parameters: {} });
    const row = { lineid: 'l1', order: { ordernumber: 'ORD-1' }, _parent_value: 'a1' };
    const result = compiled.map(row, []);
    expect(compiled.references.map(({ task, by, target }) => [task, by, target(row, result)])).to.deep.equal([
      ['orders', 'key', 'ORD-1'],
      ['orders', 'source', 'a1'],
    ]);
  });
});

describe('class-validator and class-transformer, compiled', () => {
  @MapEntity({ task: 't', title: 'T', source: 's', sourceId: 'id', destination: 'D' })
  class Ruled {
    @From('id') @IntegrationKey() Id!: string;
    @From('mail') @IsOptional() @IsEmail() Mail!: string;
    @From('colour') @IsIn(['red', 'green']) Colour!: string;
    @From('code') @Matches(/^[A-Z]{2}\d+$/) @MaxLength(6) Code!: string;
    @From('tags') @IsNotEmpty({ each: true }) Tags!: string;
    @From('count') @Type(() => Number) Count!: number;
    @From('shout')
    @Transform(({ value, obj }) => `${value}!`.toUpperCase() + String((obj as SourceRow)['colour']))
    Shout!: string;
  }

  const compiled = compileMapping(entityMapOf(Ruled), { parameters: {} });

  const verdicts = (row: SourceRow) => {
    const faults: IsthmusError[] = [];
    const result = compiled.map(row, faults);
    compiled.check(result, faults);
    const library = validateSync(Object.assign(new Ruled(), result)).flatMap(({ constraints = {} }) =>
      Object.values(constraints),
    );
    return { ours: faults.map(({ message }) => message).sort(), library: library.sort() };
  };

  it('judge every record as the libraries themselves do', () => {
    const values = {
      mail: [null, 'a@b.example', 'nonsense', ''],
      colour: ['red', 'blue', null],
      code: ['AB12', 'ab12', 'AB123456', null],
      tags: ['x', '', null],
    };
    let refused = 0;
    for (const mail of values.mail)
      for (const colour of values.colour)
        for (const code of values.code)
          for (const tags of values.tags) {
            const { ours, library } = verdicts({ id: '1', mail, colour, code, tags, count: '4', shout: 'x' });
            expect(ours, JSON.stringify({ mail, colour, code, tags })).to.deep.equal(library);
            if (ours.length > 0) refused++;
          }
    expect(refused).to.be.greaterThan(50);
  });

  it('apply @Type first and then @Transform, with the source row at hand', () => {
    const result = compiled.map({ id: '1', count: '42', shout: 'hey', colour: 'red' }, []);
    expect(result).to.include({ Count: 42, Shout: 'HEY!red' });
  });
});
