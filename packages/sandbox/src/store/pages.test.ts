import { expect } from 'chai';
import type { Page, PageSource } from './pages.js';
import { Pages, ROWS_PER_PAGE } from './pages.js';

/** Row 0 has version 1, and so on. */
class Counted implements PageSource {
  readonly size = this.length;
  readonly asked: number[] = [];

  known: ((id: number) => string) | undefined;

  constructor(readonly length: number) {}

  keys(page: number): readonly string[] | undefined {
    const { known } = this;
    const first = page * ROWS_PER_PAGE;
    const count = Math.min(ROWS_PER_PAGE, this.length - first);
    return known && Array.from({ length: count }, (_, index) => known(first + index));
  }

  newest(page: number): number {
    return Math.min(this.length, (page + 1) * ROWS_PER_PAGE);
  }

  read(page: number): Page {
    this.asked.push(page);
    const first = page * ROWS_PER_PAGE;
    const count = Math.min(ROWS_PER_PAGE, this.length - first);
    return Array.from({ length: count }, (_, index) => ({ id: first + index, version: first + index + 1, values: [] }));
  }
}

function pagesOf(rows: number) {
  const source = new Counted(rows);
  const pages = new Pages();
  pages.startWith(source);
  return { source, pages };
}

describe('the pages of a table', () => {
  it('are read when a row of theirs is asked for, once', () => {
    const { source, pages } = pagesOf(3 * ROWS_PER_PAGE);
    expect(source.asked).to.deep.equal([]);
    expect(pages.at(ROWS_PER_PAGE + 5)?.id).to.equal(ROWS_PER_PAGE + 5);
    expect(pages.at(ROWS_PER_PAGE)?.version).to.equal(ROWS_PER_PAGE + 1);
    expect(source.asked).to.deep.equal([1]);
    expect(pages.at(3 * ROWS_PER_PAGE)).to.equal(undefined);
  });

  it('are left unread by whoever looks for newer rows than they have', () => {
    const { source, pages } = pagesOf(3 * ROWS_PER_PAGE - 1);
    expect([...pages.since(2 * ROWS_PER_PAGE + 10)]).to.have.length(ROWS_PER_PAGE - 11);
    expect([...pages.since(3 * ROWS_PER_PAGE)]).to.deep.equal([]);
    expect(source.asked).to.deep.equal([2]);
  });

  it('are not read for keys that the source knows; those of changed and deleted rows are of the rows themselves', () => {
    const { source, pages } = pagesOf(2 * ROWS_PER_PAGE + 3);
    source.known = (id) => `key ${id}`;
    pages.set(1, { id: 1, version: 1_000_000, values: ['changed'] });
    pages.set(2, undefined);
    source.asked.length = 0;
    const keys = new Map([...pages.keys(0)].map(([key, id]) => [id, key]));
    expect(source.asked).to.deep.equal([]);
    expect(keys.get(1)).to.equal('changed');
    expect(keys.has(2)).to.equal(false);
    expect(keys.get(2 * ROWS_PER_PAGE + 2)).to.equal(`key ${2 * ROWS_PER_PAGE + 2}`);
    source.known = undefined;
    expect([...pages.keys(0)]).to.deep.equal([['changed', 1]]);
  });

  it('are forgotten when many others were read, unless they were changed', () => {
    const { source, pages } = pagesOf(100 * ROWS_PER_PAGE);
    pages.set(3, { id: 3, version: 1_000_000, values: ['changed'] });
    expect([...pages.scan()]).to.have.length(100 * ROWS_PER_PAGE);
    expect(source.asked).to.have.length(100);
    expect(pages.at(3)?.values).to.deep.equal(['changed']);
    expect(source.asked).to.have.length(100);
    expect(pages.at(ROWS_PER_PAGE)?.id).to.equal(ROWS_PER_PAGE);
    expect(source.asked).to.have.length(101);
  });

  it('take new rows behind the last one', () => {
    const { pages } = pagesOf(10);
    for (const id of [10, 11, ROWS_PER_PAGE + 2]) pages.set(id, { id, version: 1, values: [] });
    expect(pages.length).to.equal(ROWS_PER_PAGE + 3);
    expect([...pages.scan(9)].map(({ id }) => id)).to.deep.equal([9, 10, 11, ROWS_PER_PAGE + 2]);
  });
});
