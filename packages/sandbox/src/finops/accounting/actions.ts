import type { Store } from '../../store/index.js';
import { Rows } from '../rows.js';
import { Stopped, type Action } from './action.js';
import { Books } from './books.js';
import { importFromStaging, isPeriodFrequency } from './import.js';
import { openJournals, postJournal } from './posting.js';

/** By entity set and name, as the model declares them. */
export const actions: Readonly<Record<string, Readonly<Record<string, Action>>>> = {
  ProjCDSActualsImports: {
    importFromStagingTable: ({ store, company, parameters: { periodFrequency = 'All' } }) => {
      if (typeof periodFrequency !== 'string' || !isPeriodFrequency(periodFrequency)) {
        throw new Stopped('The period frequency is one of Days, Months, Years and All.');
      }
      return importFromStaging(booksOf(store, company), periodFrequency).toString();
    },
  },
  ProjAdvancedJournalHeaders: {
    postJournals: ({ store, company }) => {
      const books = booksOf(store, company);
      const journals = openJournals(books);
      if (journals.length === 0) return `Info: Company '${company}' has no journal to post.`;
      return journals.map((journal) => postJournal(books, journal).toString()).join('; ');
    },
    postJournal: ({ store, company, row }) => {
      if (!row || row.text('Status') === 'Posted') throw new Stopped('The journal is posted already.');
      return postJournal(booksOf(store, company), row).toString();
    },
  },
};

function booksOf(store: Store, company: string): Books {
  const books = new Books(store, company);
  if (!books.currency) throw new Stopped(`Company '${company}' has no ledger.`);
  if (books.own('ProjCDSParameters')?.text('IntegrationEnabled') === 'Yes') return books;
  throw new Stopped(
    `The Project Service Automation integration parameters are not configured in company '${company}'.`,
  );
}

/** What the batch server does periodically: import from staging and post, in every company that is configured. */
export function runBatch(store: Store): void {
  const enabled = Rows.of(store, 'ProjCDSParameters').where('IntegrationEnabled', 'Yes');
  for (const { company } of enabled) {
    const books = new Books(store, company);
    if (!books.currency) continue;
    importFromStaging(books, 'All');
    for (const journal of openJournals(books)) postJournal(books, journal);
  }
}
