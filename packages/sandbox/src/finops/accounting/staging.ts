import type { EntityModel } from '../../model/index.js';
import type { Store } from '../../store/index.js';
import { hasDependents } from '../refusals.js';
import { Rows, type Entry, type Fields } from '../rows.js';

/**
 * The columns of the staging table that the integration entity does not show, one row beside each actual. They are made
 * with the actual, and go with it.
 */
const FLAGS = 'ProjActualsStagings';
const ACTUALS = 'ProjCDSActualsImports';

/** The company whose books an actual belongs into: its project's, where that is another one. */
export const journalCompanyOf = (actual: Entry): string =>
  (actual.text('ProjectDataAreaId') || actual.company).toLowerCase();

/** An actual has arrived, or changed. The same actual in another company is a duplicate of the one that was first. */
export function stage(store: Store, actual: Entry): void {
  const [flags, actuals] = [Rows.of(store, FLAGS), Rows.of(store, ACTUALS)];
  const key = [actual.company, actual.text('ActualId')];
  if (flags.find(...key)) return;
  const isDuplicate = actuals.where('ActualId', actual.text('ActualId')).length > 1;
  if (isDuplicate) actuals.change(actual, { IsDuplicate: 'Yes' });
  flags.put(key, { IsDuplicate: isDuplicate ? 'Yes' : 'No' });
}

/** Actuals that wait to be imported into the books of a company, in the order in which they came. */
export function waitingFor(store: Store, company: string): Entry[] {
  const actuals = Rows.of(store, ACTUALS);
  return Rows.of(store, FLAGS)
    .where('IsProcessed', 'No')
    .filter((flags) => flags.text('IsDuplicate') !== 'Yes')
    .flatMap((flags) => actuals.find(flags.company, flags.text('ActualId')) ?? [])
    .filter((actual) => journalCompanyOf(actual) === company);
}

export const flagsOf = (store: Store, company: string, actualId: string): Entry | undefined =>
  Rows.of(store, FLAGS).find(company, actualId);

export function flag(store: Store, company: string, actualId: string, fields: Fields): void {
  Rows.of(store, FLAGS).put([company, actualId], fields);
}

/** An import was tried and failed; the next one tries again. */
export function flagError(store: Store, actual: Entry, text: string): void {
  const flags = flagsOf(store, actual.company, actual.text('ActualId'));
  const count = Number(flags?.value('IntegrationCount') ?? 0) + 1;
  flag(store, actual.company, actual.text('ActualId'), { HasError: 'Yes', ErrorText: text, IntegrationCount: count });
}

/** A line was deleted before it was posted: its actual returns at the next import. */
export const restage = (store: Store, line: Entry): void =>
  flag(store, line.text('ActualDataAreaId'), line.text('ActualId'), {
    IsProcessed: 'No',
    JournalDataAreaId: '',
    JournalId: '',
    LineNumber: 0,
  });

/** An actual is deleted, which the journal does not let go of. */
export function unstage(store: Store, actual: Entry, model: EntityModel): void {
  const flags = flagsOf(store, actual.company, actual.text('ActualId'));
  if (!flags) return;
  if (flags.text('IsProcessed') === 'Yes') throw hasDependents(model, 'Integration journal lines');
  Rows.of(store, FLAGS).remove(flags);
}
