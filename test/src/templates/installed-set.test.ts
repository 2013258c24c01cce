import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { Site } from '../support/site.js';
import { install, type Entry } from '../support/templates.js';

const ALL: readonly Entry[] = ['contracts', 'tasks', 'categories', 'hours', 'expenses', 'actuals', 'update'];

/** What a plugin is known by: the entries that use it, its templates, and a parameter that only it has. */
const PLUGINS: readonly { entries: readonly Entry[]; templates: readonly string[]; parameter?: string }[] = [
  { entries: ['contracts'], templates: ['projects-and-contracts'], parameter: 'paymentTerms' },
  { entries: ['tasks'], templates: ['project-tasks'] },
  { entries: ['categories'], templates: ['expense-categories'] },
  { entries: ['hours', 'expenses'], templates: ['hour-estimates', 'expense-estimates'], parameter: 'forecastModel' },
  { entries: ['actuals'], templates: ['actuals'], parameter: 'importFromStaging' },
  { entries: ['update'], templates: ['actuals-update'], parameter: 'voucherColumn' },
];

/** What the installed plugins make of the command line: templates, order, documentation and configuration schema. */
async function traces(
  site: Site,
): Promise<{ templates: string[]; order: string[]; documents: string; schema: string }> {
  const [listed, graph, documents, schema] = await Promise.all([
    site.isthmus('templates', '--json'),
    site.isthmus('graph', '--json'),
    site.isthmus('docs', 'templates'),
    site.isthmus('config', 'schema'),
  ]);
  return {
    templates: listed.json<{ name: string }[]>().map(({ name }) => name),
    order: graph.json<{ template: string }[]>().map(({ template }) => template),
    documents: documents.stdout,
    schema: schema.stdout,
  };
}

describe('Each plugin can be left out', function () {
  this.timeout(120_000);
  let sandbox: RunningSandbox;
  before(async () => (sandbox = await startSandbox({ empty: true })));
  after(() => sandbox.stop());

  for (const { entries, templates, parameter } of PLUGINS) {
    it(`${templates.join(' and ')}: no command, schema or page knows of it, and the others are complete`, async () => {
      const others = PLUGINS.filter((plugin) => !plugin.templates.includes(templates[0] ?? ''));
      const site = new Site(sandbox, (rc) => install(rc, ...ALL.filter((entry) => !entries.includes(entry))));
      const { templates: listed, order, documents, schema } = await traces(site);
      expect([...order].sort()).to.deep.equal(others.flatMap((other) => other.templates).sort());
      for (const name of templates) {
        expect(listed).not.to.include(name);
        expect(schema).not.to.contain(`"${name}"`);
        expect(documents).not.to.contain(`\`${name}@`);
        expect((await site.isthmus('templates', 'show', name)).stderr).to.match(/^TEMPLATE_UNKNOWN: /);
      }
      if (parameter) expect(schema).not.to.contain(`"${parameter}"`);
      for (const other of others) {
        for (const name of other.templates) expect(documents).to.contain(`\`${name}@`);
        if (other.parameter) expect(schema).to.contain(`"${other.parameter}"`);
      }
    });
  }
});
