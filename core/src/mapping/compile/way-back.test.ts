import { expect } from 'chai';
import type { EntityDescription, FieldDescription } from '../../ports/index.js';
import {
  compileMapping,
  DateOnly,
  entityMapOf,
  From,
  Guid,
  IntegrationKey,
  is,
  Link,
  LookupInDestination,
  MapEntity,
  NamedBy,
  parameter,
  UtcDateTime,
  withParameters,
} from '../index.js';

const described = (...fields: readonly FieldDescription[]): EntityDescription => ({
  entity: 'e',
  set: 'e',
  key: [],
  perLegalEntity: false,
  changeTracking: false,
  fields: new Map(fields.map((field) => [field.name, field])),
  lookups: new Map(),
});

const field = (
  name: string,
  type: FieldDescription['type'],
  more: Partial<FieldDescription> = {},
): FieldDescription => ({ name, type, required: false, readOnly: false, ...more });

/** As F&O describes itself: days are noon, there is no empty number. */
const SOURCE = described(
  field('Day', 'dateTime', { dayAt: 'noon' }),
  field('Moment', 'dateTime', { dayAt: 'noon' }),
  field('Amount', 'decimal', { whenNull: 'zero' }),
);

/** As PSA does: moments only, and amounts that it works out. */
const DESTINATION = described(
  field('day', 'dateTime'),
  field('moment', 'dateTime'),
  field('amount', 'decimal'),
  field('amount_base', 'decimal', { readOnly: true }),
  field('origin', 'text'),
  field('project', 'guid'),
);

@MapEntity({
  task: 'back',
  title: 'Back',
  source: 'FinopsEntity',
  sourceId: 'Id',
  destination: 'psa_rows',
  direction: { from: 'finops', to: 'psa' },
  creates: [is('Kind', 'Tax')],
  naturalKey: ['name'],
  master: parameter('master'),
})
class Back {
  @From('Id') @IntegrationKey() id!: string;
  @From('Name') name!: string;
  @From('Day') @DateOnly() day!: string;
  @From('Moment') @UtcDateTime() moment!: string;
  @From('Amount') amount!: string;
  @From('AmountMST') amount_base!: string;
  @From('Origin') @Guid() @Link() origin!: string;
  @From('Project') @LookupInDestination('projects', 'number') project!: string;
  @From('Voucher') @NamedBy('column') voucher!: string;
}

const compile = (parameters: Readonly<Record<string, unknown>> = {}, timeZone = 'Pacific/Auckland') =>
  compileMapping(withParameters(entityMapOf(Back), parameters), {
    parameters: { master: 'finops', ...parameters },
    timeZone,
    source: SOURCE,
    destination: DESTINATION,
  });

const NOON = '2026-03-01T12:00:00Z';

describe('A mapping from F&O to PSA', () => {
  it('takes noon for the day where a day is meant, in every time zone, and for noon where a moment is', () => {
    const row = compile().map({ Day: NOON, Moment: NOON }, []);
    expect(row).to.include({ day: '2026-03-01', moment: NOON });
  });

  it('writes a day as the moment at which it begins, and leaves a time of that day alone', () => {
    const mapping = compile();
    expect(mapping.outgoing({ day: '2026-03-01', moment: NOON })).to.deep.equal({
      day: '2026-02-28T11:00:00Z',
      moment: NOON,
    });
    expect(mapping.present('day', '2026-03-01T02:30:00Z')).to.equal('2026-03-01');
    expect(mapping.present('moment', '2026-03-01T02:30:00Z')).to.equal('2026-03-01T02:30:00Z');
  });

  it('does not write what the destination works out by itself', () => {
    expect(compile().map({ AmountMST: '5' }, [])).not.to.have.property('amount_base');
  });

  it('knows where 0 may stand for nothing', () => {
    expect([...compile().zeroMayBeNothing]).to.deep.equal(['amount']);
  });

  it('takes a GUID in a text for the same in either case, with braces and without', () => {
    const [upper, plain] = ['{A1B2C3D4-0000-4000-8000-00000000000F}', 'a1b2c3d4-0000-4000-8000-00000000000f'];
    expect(compile().map({ Origin: upper }, [])).to.include({ origin: plain });
    expect(compile().present('origin', upper)).to.equal(plain);
  });

  it('leaves the key of a row that is looked up as it is, until its id is known', () => {
    expect(compile().map({ Project: 'PRJ-01049-CCNID0' }, [])).to.include({ project: 'PRJ-01049-CCNID0' });
    expect(compile().lookups).to.deep.equal([{ field: 'project', entity: 'projects', key: 'number' }]);
  });

  it('writes to the column that a parameter names, and to none where it names none', () => {
    expect(compile({ column: 'new_voucher' }).map({ Voucher: 'V-1' }, [])).to.include({ new_voucher: 'V-1' });
    expect(compile({ column: null }).map({ Voucher: 'V-1' }, [])).not.to.have.any.keys('voucher', 'new_voucher');
  });

  it('demands the natural key, and not the one that the destination gives', () => {
    const faults: Parameters<ReturnType<typeof compile>['check']>[1] = [];
    compile().check({ id: null, name: null }, faults);
    expect(faults.map(({ code, place }) => `${code} ${place.field}`)).to.deep.equal(['RECORD_KEY_EMPTY name']);
  });

  it('says which rows may be made, and whose values hold', () => {
    expect(compile().mayCreate({ Kind: 'Tax' })).to.equal(true);
    expect(compile().mayCreate({ Kind: 'Time' })).to.equal(false);
    expect(compile({ master: 'finops' }).master).to.equal('source');
    expect(compile({ master: 'psa' }).master).to.equal('destination');
    expect([...compile().links]).to.deep.equal(['origin']);
  });
});
