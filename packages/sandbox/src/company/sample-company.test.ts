import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { finopsModel, psaModel, type EntityModel } from '../model/index.js';
import { awkwardRows, sampleCompany, type Company, type Row } from './index.js';

const awkwardIds = new Set(awkwardRows.map(({ id }) => id));
const psaEntity = (set: string): EntityModel => psaModel.find((entity) => entity.set === set)!;
const keyOf = (set: string, row: Row): string =>
  psaEntity(set)
    .primaryKey.map((name) => String(row[name]))
    .join();
const rows = (company: Company, set: string): Row[] => [...(company.psa.get(set) ?? company.finops.get(set)!)()];
const healthy = (company: Company, set: string): Row[] =>
  rows(company, set).filter((row) => !awkwardIds.has(keyOf(set, row)));

function digest(company: Company): string {
  const hash = createHash('sha256');
  for (const system of [company.psa, company.finops]) {
    for (const [set, source] of system) {
      hash.update(set);
      for (const row of source()) hash.update(JSON.stringify(row));
    }
  }
  return hash.digest('hex');
}

describe('the sample company', () => {
  const company = sampleCompany({ seed: 1, scale: 1 });

  it('is the same byte for byte with the same seed, on every machine', () => {
    expect(digest(sampleCompany({ seed: 1, scale: 1 }))).to.equal(digest(company));
    expect(digest(company)).to.equal('b1c76f65dfb60822535c4ea44058946db6c0ec2e1701db69790e0c4ee74fdb0c');
  });

  it('is another with another seed', () => {
    expect(digest(sampleCompany({ seed: 2, scale: 1 }))).not.to.equal(digest(company));
  });

  it('can be read twice', () => {
    const source = company.psa.get('salesorders')!;
    expect([...source()]).to.deep.equal([...source()]);
  });

  it('knows the primary key of a row without making it', () => {
    const large = ['msdyn_actuals', 'msdyn_projecttasks', 'salesorderdetails', 'msdyn_transactionconnections'];
    for (const set of large) expect(company.psa.get(set)!.idAt!(0), set).to.be.a('string');
    for (const [set, source] of company.psa) {
      const key = psaEntity(set).primaryKey[0]!;
      [...source()].forEach((row, index) => {
        expect(source.idAt?.(index) ?? row[key], `${set} ${index}`).to.equal(row[key]);
      });
    }
  });

  it('has an entry for every set of both models; the environment itself is no part of it', () => {
    expect([...company.psa.keys(), 'organizations']).to.have.members(psaModel.map(({ set }) => set));
    expect([...company.finops.keys()]).to.have.members(finopsModel.map(({ set }) => set));
  });

  const demoSize = {
    accounts: 30,
    contacts: 8,
    salesorders: 40,
    msdyn_projects: 60,
    salesorderdetails: 100,
    msdyn_contractlinescheduleofvalues: 60,
    msdyn_projecttasks: 300,
    msdyn_transactioncategories: 12,
    msdyn_estimatelines: 150,
    msdyn_actuals: 400,
    msdyn_transactionconnections: 255,
  };

  it('has the demo size at scale 1', () => {
    for (const [set, count] of Object.entries(demoSize)) expect(healthy(company, set), set).to.have.lengthOf(count);
  });

  it('grows by the scale, while currencies, units and categories stay as they are', () => {
    const large = sampleCompany({ seed: 1, scale: 3.5 });
    for (const [set, count] of Object.entries(demoSize)) {
      const expected = set === 'msdyn_transactioncategories' ? count : count * 3.5;
      expect(healthy(large, set).length, set).to.be.closeTo(expected, 2);
    }
  });

  it('gives a row of a larger company the id that it has in the smaller one', () => {
    const large = sampleCompany({ seed: 1, scale: 2 });
    expect(healthy(large, 'msdyn_projects')[59]!['msdyn_projectid']).to.equal(
      healthy(company, 'msdyn_projects')[59]!['msdyn_projectid'],
    );
  });

  it('speaks about the same dates whenever it is made', () => {
    for (const row of rows(company, 'salesorders')) expect(row['createdon']).to.match(/^2025-/);
  });
});

describe('its contracts and projects', () => {
  const company = sampleCompany({ seed: 1, scale: 2 });
  const contracts = healthy(company, 'salesorders').filter((row) => row['msdyn_ordertype'] === 192350001);

  it('numbers orders and projects as PSA does', () => {
    for (const row of healthy(company, 'salesorders')) {
      expect(row['ordernumber']).to.match(/^ORD-\d{5}-[A-Z0-9]{6}$/);
    }
    for (const row of healthy(company, 'msdyn_projects')) {
      expect(row['msdynce_projectnumber']).to.match(/^PRJ-\d{5}-[A-Z0-9]{6}$/);
    }
  });

  it('has one item-based order in ten, and no project or line on it', () => {
    const items = healthy(company, 'salesorders').filter((row) => row['msdyn_ordertype'] === 192350000);
    expect(items).to.have.lengthOf(8);
    const ids = new Set(items.map((row) => row['salesorderid']));
    for (const row of healthy(company, 'msdyn_projects'))
      expect(ids.has(row['_msdyn_salesorderid_value'] ?? '')).to.equal(false);
    for (const row of healthy(company, 'salesorderdetails'))
      expect(ids.has(row['_salesorderid_value'] ?? '')).to.equal(false);
  });

  it('has projects without a contract, one in six', () => {
    const without = healthy(company, 'msdyn_projects').filter((row) => row['_msdyn_salesorderid_value'] === null);
    expect(without).to.have.lengthOf(20);
  });

  it('numbers the lines of a contract without gaps, and their amounts add up to the contract', () => {
    const lines = healthy(company, 'salesorderdetails');
    for (const contract of contracts) {
      const own = lines.filter((row) => row['_salesorderid_value'] === contract['salesorderid']);
      const numbers = own.map((row) => Number(row['sequencenumber'])).sort((a, b) => a - b);
      expect(numbers).to.deep.equal(own.map((_, index) => index + 1));
      expect(own.reduce((sum, row) => sum + tenThousandths(row['extendedamount']), 0)).to.equal(
        tenThousandths(contract['totalamount']),
      );
    }
  });

  it('keeps a line on a project of its own contract, with the currency of the contract', () => {
    const projects = new Map(healthy(company, 'msdyn_projects').map((row) => [row['msdyn_projectid'], row]));
    const orders = new Map(contracts.map((row) => [row['salesorderid'], row]));
    for (const line of healthy(company, 'salesorderdetails')) {
      const order = orders.get(line['_salesorderid_value']!)!;
      expect(projects.get(line['_msdyn_project_value']!)!['_msdyn_salesorderid_value']).to.equal(order['salesorderid']);
      expect(line['_transactioncurrencyid_value']).to.equal(order['_transactioncurrencyid_value']);
    }
  });

  it('bills by both methods, and puts milestones on fixed-price lines only, adding up to the line', () => {
    const lines = healthy(company, 'salesorderdetails');
    const fixed = lines.filter((row) => row['msdyn_billingmethod'] === 192350001);
    expect(fixed.length).to.be.within(50, 80);
    const sums = new Map<unknown, number>();
    for (const row of healthy(company, 'msdyn_contractlinescheduleofvalues')) {
      const line = row['_msdyn_contractlineid_value'];
      expect(row['msdyn_contractline']).to.equal(line);
      sums.set(line, (sums.get(line) ?? 0) + tenThousandths(row['msdyn_amount']));
    }
    expect([...sums.keys()]).to.have.members(fixed.map((row) => row['salesorderdetailid']));
    for (const line of fixed) {
      expect(sums.get(line['salesorderdetailid'])).to.equal(tenThousandths(line['extendedamount']));
    }
  });

  it('has names and numbers that F&O takes, so that most rows are healthy', () => {
    const limits: [set: string, column: string, limit: number][] = [
      ['salesorders', 'name', 60],
      ['salesorders', 'ordernumber', 20],
      ['msdyn_projects', 'msdyn_subject', 60],
      ['msdyn_projects', 'msdynce_projectnumber', 20],
      ['salesorderdetails', 'productdescription', 60],
      ['msdyn_contractlinescheduleofvalues', 'msdyn_name', 60],
      ['msdyn_projecttasks', 'msdyn_subject', 60],
    ];
    for (const [set, column, limit] of limits) {
      for (const row of healthy(company, set)) expect(String(row[column])).to.have.lengthOf.within(1, limit);
    }
  });

  it('keeps amounts in the base currency in step with the exchange rate', () => {
    for (const line of healthy(company, 'salesorderdetails')) {
      const base = tenThousandths(line['extendedamount']) / Number(line['exchangerate']);
      expect(tenThousandths(line['extendedamount_base'])).to.be.closeTo(base, 1);
    }
  });
});

describe('its work', () => {
  const company = sampleCompany({ seed: 1, scale: 1 });
  const actuals = new Map(healthy(company, 'msdyn_actuals').map((row) => [row['msdyn_actualid'], row]));

  it('has work breakdown structures of five levels, with line tasks that have no number', () => {
    const tasks = healthy(company, 'msdyn_projecttasks');
    const levels = tasks.map((row) => String(row['msdyn_wbsid'] ?? '').split('.').length);
    expect(Math.max(...levels)).to.equal(5);
    const lineTasks = tasks.filter((row) => row['msdyn_islinetask'] === true);
    expect(lineTasks).to.have.lengthOf(60);
    for (const row of lineTasks) expect(row['msdyn_wbsid']).to.equal(null);
  });

  it('lets a task only hang below a task of its own project, one number above', () => {
    const tasks = new Map(healthy(company, 'msdyn_projecttasks').map((row) => [row['msdyn_projecttaskid'], row]));
    for (const task of tasks.values()) {
      const parent = tasks.get(task['_msdyn_parenttask_value'] ?? '');
      if (!parent) continue;
      expect(parent['_msdyn_project_value']).to.equal(task['_msdyn_project_value']);
      const number = task['msdyn_wbsid'];
      if (number !== null) expect(parent['msdyn_wbsid']).to.equal(String(number).replace(/\.\d+$/, ''));
    }
  });

  it('connects every unbilled sale with its cost: cost in the currency of the unit, sale in that of the contract', () => {
    const orders = new Map(rows(company, 'salesorders').map((row) => [row['salesorderid'], row]));
    const units = new Map(
      rows(company, 'msdyn_organizationalunits').map((row) => [row['msdyn_organizationalunitid'], row]),
    );
    const connections = rows(company, 'msdyn_transactionconnections').filter(
      (row) => row['msdyn_transaction1type'] === 'msdyn_actual',
    );
    expect(connections).to.have.lengthOf(180);
    for (const connection of connections) {
      const sale = actuals.get(connection['msdyn_transaction1']!)!;
      const cost = actuals.get(connection['msdyn_transaction2']!)!;
      expect(sale['msdyn_transactiontypecode']).to.equal(192350005);
      expect(cost['msdyn_transactiontypecode']).to.equal(192350000);
      expect(sale['msdyn_quantity']).to.equal(cost['msdyn_quantity']);
      const order = orders.get(sale['_msdyn_salescontract_value']!)!;
      expect(sale['_transactioncurrencyid_value']).to.equal(order['_transactioncurrencyid_value']);
      const unit = units.get(cost['_msdyn_contractorganizationalunitid_value']!)!;
      expect(cost['_transactioncurrencyid_value']).to.equal(unit['_msdyn_currency_value']);
    }
  });

  it('books only cost on fixed-price projects', () => {
    const lines = new Map(rows(company, 'salesorderdetails').map((row) => [row['salesorderdetailid'], row]));
    const onFixedPrice = [...actuals.values()].filter(
      (row) => lines.get(row['_msdyn_salescontractlineid_value']!)!['msdyn_billingmethod'] === 192350001,
    );
    expect(onFixedPrice).to.have.lengthOf(40);
    for (const row of onFixedPrice) expect(row['msdyn_transactiontypecode']).to.equal(192350000);
  });
});

function tenThousandths(digits: Row[string] | undefined): number {
  return Number(String(digits).replace('.', ''));
}
