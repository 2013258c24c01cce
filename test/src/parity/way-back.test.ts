import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { Site } from '../support/site.js';
import { install } from '../support/templates.js';
import { isPublished, pairsOfChapter } from './published-tables.js';
import type { ShownTask, ShownTemplate } from './shown-template.js';

/** What the columns of the advanced query are computed from. */
const QUERIED: Readonly<Record<string, string>> = {
  BILLINGTYPE: 'CATEGORYID',
  NEWBILLINGTYPE: 'BILLINGTYPE',
  TRANSACTIONTYPE: 'TRANSTYPE',
};

const mapped = ({ fields }: ShownTask): string[][] =>
  fields.map(({ source, destination }) => [String(source).toUpperCase(), destination.toUpperCase()]);

describe('Parity with the published templates that lead back to PSA', () => {
  let sandbox: RunningSandbox;
  let site: Site;

  before(async function () {
    if (!isPublished) return this.skip();
    sandbox = await startSandbox({ empty: true });
    site = new Site(sandbox, (rc) => install(rc, 'categories', 'update'));
  });

  after(() => sandbox?.stop());

  const tasksOf = async (template: string): Promise<readonly ShownTask[]> =>
    (await site.isthmus('templates', 'show', template, '--json')).json<ShownTemplate>().tasks;

  it('expense categories: the two tables, field by field, and nothing besides', async () => {
    const [toPsa = [], toFinops = []] = pairsOfChapter(3);
    const tasks = await tasksOf('expense-categories');
    const queried = toPsa.map(([source = '', destination]) => [
      destination === 'MSDYN_BILLINGTYPE' ? QUERIED[source] : source,
      destination,
    ]);
    expect(queried).to.have.length(3);
    expect(tasks.map(({ name }) => name)).to.deep.equal(['categories-to-psa', 'categories-to-finops']);
    expect(tasks[0] && mapped(tasks[0])).to.deep.equal(queried);
    expect(toFinops).to.have.length(2);
    expect(tasks[1] && mapped(tasks[1])).to.have.deep.members(toFinops);
  });

  it('expense categories: chargeable where there is a category, and the publisher’s digit is not missing', async () => {
    const [toPsa] = await tasksOf('expense-categories');
    const billingType = toPsa?.fields.find(({ destination }) => destination === 'msdyn_billingtype');
    expect(billingType?.branches).to.deep.equal([
      { when: 'CategoryId ne null', then: 192350001 },
      { when: null, then: null },
    ]);
  });

  it('actuals update: every field of the table, the voucher number, and nothing besides', async () => {
    const [table = []] = pairsOfChapter(7);
    const [actuals] = await tasksOf('actuals-update');
    const expected = table.map(([source = '', destination]) => [QUERIED[source] ?? source, destination]);
    expect(expected).to.have.length(24);
    const pairs = (actuals && mapped(actuals)) ?? [];
    expect(pairs.filter(([source]) => source !== 'VOUCHER')).to.have.deep.members(expected);
    expect(pairs).to.have.length(expected.length + 1);
  });

  it('connections of posted actuals: the seven fields of chapter 5, reversed', async () => {
    const [connections = []] = pairsOfChapter(5);
    const [, relationships] = await tasksOf('actuals-update');
    const reversed = connections.map(([psa, finops]) => [finops, psa]);
    expect(reversed).to.have.length(7);
    expect(relationships && mapped(relationships)).to.have.deep.members(reversed);
  });
});
