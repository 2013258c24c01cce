import { existsSync, readFileSync } from 'node:fs';
import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { repositoryFile } from '../support/repository.js';
import { Site } from '../support/site.js';
import type { ShownField, ShownTemplate } from './shown-template.js';

const REFERENCE = '../shared/reference';
const TEMPLATES = repositoryFile(`${REFERENCE}/templates.md`);

/** A table of the published documentation, row by row. */
interface Section {
  readonly letter: string;
  readonly source: string;
  readonly entity: string;
  readonly text: string;
  readonly rows: readonly (readonly string[])[];
}

function sectionsOfChapterOne(): Section[] {
  const [chapter = ''] = /^## 1\. [^]*?(?=^## 2\. )/m.exec(readFileSync(TEMPLATES, 'utf8')) ?? [];
  return chapter
    .split(/^### /m)
    .slice(1)
    .map((text) => {
      const [, letter = '', source = '', entity = ''] = /^1(\w)\. .*?`(\w+)` → .*?\(`(\w+)`\)/.exec(text) ?? [];
      const lines = text.split('\n').filter((line) => line.startsWith('|'));
      const rows = lines.slice(2).map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
      return { letter, source, entity, text, rows };
    });
}

/** The path that a cell names; null for a dash. A remark in brackets is left out. */
const pathIn = (cell: string): string | null => (cell === '—' ? null : cell.replace(/ \(.*\)$/, ''));

/** What the documentation writes in its own way. */
const SPELLED_OTHERWISE: Readonly<Record<string, string>> = {
  "customerid → account.accountnumber, or contact's":
    'customerid_account.accountnumber, customerid_contact.accountnumber',
  // The lookup's raw value: the id of the row that it points at.
  msdyn_contractlineid: '_msdyn_contractlineid_value',
};

describe('Parity with the published template "Projects and contracts"', () => {
  let sandbox: RunningSandbox;
  const templates = new Map<number, ShownTemplate>();

  before(async function () {
    if (!existsSync(TEMPLATES)) return this.skip();
    sandbox = await startSandbox({ empty: true });
    const site = new Site(sandbox);
    for (const version of [1, 2]) {
      const ended = await site.isthmus('templates', 'show', `projects-and-contracts@${version}`, '--json');
      templates.set(version, ended.json<ShownTemplate>());
    }
  });

  after(() => sandbox?.stop());

  const taskOf = ({ entity }: Section, version: number) =>
    templates.get(version)?.tasks.find((task) => task.entity === entity);

  const fieldOf = (section: Section, version: number, destination: string): ShownField | undefined =>
    taskOf(section, version)?.fields.find((field) => field.destination.toUpperCase() === destination);

  for (const version of [1, 2]) {
    it(`version ${version}: the same four tasks in the same order`, () => {
      const sections = sectionsOfChapterOne();
      expect(sections.map(({ letter }) => letter)).to.deep.equal(['a', 'b', 'c', 'd']);
      expect(templates.get(version)?.tasks.map(({ source, entity }) => ({ source, entity }))).to.deep.equal(
        sections.map(({ source, entity }) => ({ source, entity })),
      );
    });

    it(`version ${version}: every row of every field table, from the same source, by the same kind of map`, () => {
      let compared = 0;
      for (const section of sectionsOfChapterOne()) {
        for (const row of section.rows) {
          const destination = row.at(-1) ?? '';
          const map = row.at(-2) ?? '';
          const field = fieldOf(section, version, destination);
          const cell = version === 2 && row[1] !== 'same' && row.length === 4 ? row[1] : row[0];
          const path = pathIn(cell ?? '');
          const source = path === null ? null : (SPELLED_OTHERWISE[path] ?? path);
          expect(field?.source, `1${section.letter} ${destination}`).to.equal(source);
          expect(field?.optional, destination).to.equal(false);
          const kinds = map.startsWith('Fn value map')
            ? ['valueMap']
            : map.startsWith('Fn constant')
              ? ['constant']
              : ['copy', 'lookup', 'crossReference'];
          expect(field?.kind, destination).to.be.oneOf(kinds);
          compared++;
        }
      }
      expect(compared).to.equal(28);
    });

    it(`version ${version}: nothing is mapped by default that the tables do not have`, () => {
      for (const section of sectionsOfChapterOne()) {
        const documented = section.rows.map((row) => row.at(-1));
        const mapped = taskOf(section, version)?.fields.filter(({ optional }) => !optional);
        expect(mapped?.map(({ destination }) => destination.toUpperCase())).to.have.members(documented);
      }
    });

    it(`version ${version}: exactly the fields that "may be added" are optional`, () => {
      for (const section of sectionsOfChapterOne()) {
        const [, list = ''] = /may be added: ([^.]*?)\./i.exec(section.text.replace(/\s+/g, ' ')) ?? [];
        const documented = list.split(', ').filter(Boolean);
        const optional = taskOf(section, version)?.fields.filter((field) => field.optional) ?? [];
        expect(optional.map(({ destination }) => destination.toUpperCase()).sort(), section.entity).to.deep.equal(
          documented.map((name) => name.toUpperCase()).sort(),
        );
      }
    });
  }

  it('value maps and constants are the documented ones', () => {
    const [contracts, , lines] = sectionsOfChapterOne();
    const terms = contracts && fieldOf(contracts, 2, 'PAYMENTTERMS');
    expect(terms?.valueMap).to.have.all.keys('1', '2', '3', '4');
    const constant = contracts && fieldOf(contracts, 2, 'SOURCEDATAID');
    expect(constant?.value).to.equal('Project Service Automation');
    const type = lines && fieldOf(lines, 2, 'TYPE');
    expect(type?.valueMap).to.have.all.keys('192350000', '192350001');
  });

  it('only work-based orders are contracts, only projects with a contract are delivered', () => {
    const [contracts, projects] = templates.get(2)?.tasks ?? [];
    expect(contracts?.filter).to.equal('msdyn_ordertype eq 192350001');
    expect(projects?.filter).to.match(/_msdyn_salesorderid_value ne null/);
  });

  it('every destination field is spelled as the entity’s own documents spell it', () => {
    for (const task of templates.get(2)?.tasks ?? []) {
      const file = repositoryFile(`${REFERENCE}/cdm/finops/${task.entity}.json`);
      const text = readFileSync(file, 'utf8');
      for (const { destination } of task.fields) {
        expect(text, `${task.entity}.${destination}`).to.contain(`"${destination}"`);
      }
    }
  });
});
