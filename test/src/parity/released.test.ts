import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { Site } from '../support/site.js';
import { install } from '../support/templates.js';
import { entityDocument, isPublished, tablesOfChapter, type PublishedTable } from './published-tables.js';
import type { ShownField, ShownTask, ShownTemplate } from './shown-template.js';

interface Released {
  readonly chapter: number;
  readonly template: string;
  readonly fields: number;
  /** Of its tasks, in the order of the documentation. */
  readonly filters: readonly string[];
}

const RELEASED: readonly Released[] = [
  { chapter: 2, template: 'project-tasks', fields: 5, filters: ['msdyn_islinetask eq false'] },
  {
    chapter: 4,
    template: 'hour-estimates',
    fields: 10,
    filters: ['msdyn_islinetask eq false and _msdyn_transactioncategory_value ne null'],
  },
  {
    chapter: 5,
    template: 'expense-estimates',
    fields: 20,
    filters: ["msdyn_transaction1type eq 'msdyn_estimateline'", 'msdyn_transactionclassification eq 192350001'],
  },
  { chapter: 6, template: 'actuals', fields: 26, filters: [''] },
];

const BILLING_TYPES = { 192350000: 'NonChargeable', 192350001: 'Chargeable', 192350002: 'Complimentary' };

/** Kinds of field that do what the documented map does. */
const KINDS = {
  '=': ['copy', 'lookup', 'crossReference'],
  Fn: ['valueMap', 'constant'],
  PQ: ['valueMap', 'constant', 'legalEntity'],
} as const;

describe('Parity with the published templates', () => {
  let sandbox: RunningSandbox;
  const templates = new Map<string, readonly ShownTask[]>();

  before(async function () {
    if (!isPublished) return this.skip();
    sandbox = await startSandbox({ empty: true });
    const site = new Site(sandbox, (rc) => install(rc, 'contracts', 'tasks', 'hours', 'expenses', 'actuals'));
    for (const { template } of RELEASED) {
      const ended = await site.isthmus('templates', 'show', template, '--json');
      templates.set(template, ended.json<ShownTemplate>().tasks);
    }
  });

  after(() => sandbox?.stop());

  const taskFor = (template: string, { source, entity }: PublishedTable): ShownTask | undefined =>
    templates.get(template)?.find((task) => task.source === source && task.entity === entity);

  for (const { chapter, template, fields, filters } of RELEASED) {
    it(`${template}: every row of every field table, from the same source, by the same kind of map`, () => {
      const compared = tablesOfChapter(chapter).flatMap((table) => {
        const task = taskFor(template, table);
        return table.fields.map(({ source, map, destination }) => {
          const field = task?.fields.find((candidate) => candidate.destination.toUpperCase() === destination);
          expect(field, `${table.entity} ${destination}`).to.include({ source, optional: false });
          expect(field?.kind, destination).to.be.oneOf([...KINDS[map]]);
        });
      });
      expect(compared).to.have.length(fields);
    });

    it(`${template}: nothing is mapped that the tables do not have, and every filter is the documented one`, () => {
      const tables = tablesOfChapter(chapter);
      tables.forEach((table, i) => {
        const task = taskFor(template, table);
        const mapped = task?.fields.map(({ destination }) => destination.toUpperCase());
        expect(mapped).to.have.members(table.fields.map(({ destination }) => destination));
        expect(task?.filter).to.equal(filters[i]);
      });
      expect(templates.get(template)).to.have.length(template === 'actuals' ? 2 : tables.length);
    });

    it(`${template}: every field is spelled as the entity’s own documents spell it`, () => {
      for (const { entity, fields: mapped } of templates.get(template) ?? []) {
        for (const { destination } of mapped) expect(entityDocument(entity), entity).to.contain(`"${destination}"`);
      }
    });
  }

  it('the connections of actuals have the seven fields of those of estimates, for actuals', () => {
    const [estimates] = templates.get('expense-estimates') ?? [];
    const connections = templates.get('actuals')?.[1];
    expect(connections).to.include({ entity: estimates?.entity, filter: "msdyn_transaction1type eq 'msdyn_actual'" });
    const pairs = (task: ShownTask | undefined) => task?.fields.map(({ source, destination }) => [source, destination]);
    expect(pairs(connections)).to.deep.equal(pairs(estimates));
  });

  it('billing and transaction types are the documented ones, the forecast model is O_forecast', () => {
    const field = (template: string, task: number, name: string): ShownField | undefined =>
      templates.get(template)?.[task]?.fields.find(({ destination }) => destination === name);
    for (const [template, task] of [
      ['expense-estimates', 1],
      ['actuals', 0],
    ] as const) {
      expect(field(template, task, 'BillingType')?.valueMap).to.deep.equal(BILLING_TYPES);
      expect(field(template, task, 'BillingType')?.default).to.equal('NotAvailable');
      expect(field(template, task, 'TransType')?.valueMap).to.include({ 192350000: 'Cost', 192350005: 'Sales' });
    }
    expect(Object.keys(field('expense-estimates', 1, 'TransType')?.valueMap ?? {})).to.have.length(2);
    expect(field('hour-estimates', 0, 'ForecastModel')?.value).to.equal('O_forecast');
    expect(field('expense-estimates', 1, 'ModelId')?.value).to.equal('O_forecast');
  });
});
