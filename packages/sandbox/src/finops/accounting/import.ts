import { nextInSequence } from '../../store/index.js';
import type { Entry, Fields } from '../rows.js';
import type { Books } from './books.js';
import { Infolog } from './infolog.js';
import { lineOf } from './journal-line.js';
import { flag, flagError, flagsOf, waitingFor } from './staging.js';

/** How lines are put together to journals: by their accounting day, month or year, or not at all. */
export type PeriodFrequency = 'Days' | 'Months' | 'Years' | 'All';

export const isPeriodFrequency = (text: string): text is PeriodFrequency => text in DATE_LENGTHS;

/** Characters of an accounting date that lines of the same journal have in common. */
const DATE_LENGTHS: Readonly<Record<PeriodFrequency, number>> = { Days: 10, Months: 7, Years: 4, All: 0 };

const MAX_LINES = 200;

interface NewLine {
  readonly actual: Entry;
  readonly fields: Fields;
}

/**
 * *Import from staging table*: a journal line for every actual that has none yet. What cannot become a line stays in
 * staging with the reason, and is tried again the next time.
 */
export function importFromStaging(books: Books, frequency: PeriodFrequency): Infolog {
  const log = new Infolog();
  const journals = new Map<string, NewLine[]>();
  for (const actual of waitingFor(books.store, books.company)) {
    const line = lineOf(books, actual);
    if ('fault' in line) {
      flagError(books.store, actual, line.fault);
      log.add('Error', `Actual ${actual.text('ActualId')}: ${line.fault}`);
      continue;
    }
    const period = String(line.fields['AccountingDate']).slice(0, DATE_LENGTHS[frequency]);
    const lines = journals.get(period);
    if (lines) lines.push({ actual, fields: line.fields });
    else journals.set(period, [{ actual, fields: line.fields }]);
  }
  for (const [period, lines] of journals) {
    for (let from = 0; from < lines.length; from += MAX_LINES) {
      const part = lines.slice(from, from + MAX_LINES);
      const journal = createJournal(books, period, part);
      log.add('Info', `Journal ${journal} of company '${books.company}': ${part.length} lines created.`);
    }
  }
  if (journals.size === 0) log.add('Info', `Company '${books.company}': no lines created.`);
  return log;
}

function createJournal(books: Books, period: string, lines: readonly NewLine[]): string {
  const journal = nextInSequence(books.store, 'PAJ');
  const key = { dataAreaId: books.company, JournalId: journal };
  books.rows('ProjAdvancedJournalHeaders').add({ ...key, Description: `Project Service Automation ${period}`.trim() });
  lines.forEach(({ actual, fields }, index) => {
    const LineNumber = index + 1;
    books.rows('ProjAdvancedJournalLines').add({ ...key, LineNumber, ...fields });
    const flags = flagsOf(books.store, actual.company, actual.text('ActualId'));
    flag(books.store, actual.company, actual.text('ActualId'), {
      IsProcessed: 'Yes',
      HasError: 'No',
      ErrorText: '',
      IntegrationCount: Number(flags?.value('IntegrationCount') ?? 0) + 1,
      JournalDataAreaId: books.company,
      JournalId: journal,
      LineNumber,
      TransactionCategoryId: fields['CategoryId'] ?? '',
      ActivityNumber: fields['ActivityNumber'] ?? '',
    });
  });
  return journal;
}
