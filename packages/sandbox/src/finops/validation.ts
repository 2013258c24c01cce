import { EMPTY_GUID } from '../odata/index.js';
import type { Column, Value } from '../store/index.js';
import type { Draft } from './draft.js';
import { fieldRefused, notFoundText, rowRefused } from './refusals.js';
import { requireIntegration } from './parameters.js';
import type { EntityRules, Reference } from './rules/index.js';
import { EMPTY_DATE, EMPTY_DATE_TIME } from './values.js';

const BLANKS = new Set<Value | undefined>(['', EMPTY_GUID, EMPTY_DATE, EMPTY_DATE_TIME]);

/**
 * In the order in which F&O calls them: validateField for what was given, defaultRow, validateWrite for the whole.
 *
 * @param current the company in which a row is written that belongs to none
 */
export function validate(draft: Draft, rules: EntityRules, current: string): void {
  validateFields(draft, rules);
  rules.defaultRow?.(draft);
  validateWrite(draft, rules, draft.table.schema.model.perCompany ? draft.company : current);
}

function validateFields(draft: Draft, { references = [] }: EntityRules): void {
  const { model } = draft.table.schema;
  if (model.perCompany && !draft.store.table('LegalEntities')?.byKey(draft.company)) {
    throw fieldRefused(model, 'dataAreaId', `Company '${draft.company}' does not exist.`);
  }
  const broken = references.find((reference) => draft.isGiven(reference.field) && leadsNowhere(draft, reference));
  if (broken) throw fieldRefused(model, broken.field, notFound(draft, broken));
}

function validateWrite(draft: Draft, { references = [], validateWrite: more }: EntityRules, company: string): void {
  const { model, columns } = draft.table.schema;
  requireIntegration(model, company, draft.store);
  // What a default filled in is nothing that the client could have been refused for, field by field.
  const filled = draft.isNew ? references.filter(({ field }) => !draft.isGiven(field)) : [];
  const broken = filled.find((reference) => leadsNowhere(draft, reference));
  if (broken) throw rowRefused(model, 'Warning', notFound(draft, broken));
  const empty = columns.find((column) => isMandatory(column) && BLANKS.has(draft.values[column.slot]));
  if (empty) throw rowRefused(model, 'Warning', `Field '${empty.name}' must be filled in.`);
  more?.(draft);
}

const isMandatory = ({ nullable, type }: Column): boolean => !nullable && type !== 'Enum';

/** Does the field hold the key of a row that is not there? */
function leadsNowhere(draft: Draft, { field, set, company }: Reference): boolean {
  const value = draft.value(field);
  const related = BLANKS.has(value) ? undefined : draft.store.table(set);
  if (!related) return false;
  const area = company?.(draft) ?? draft.company;
  return related.byKey(...(related.schema.model.perCompany ? [area, value] : [value])) === undefined;
}

const notFound = (draft: Draft, { field, label, relatedTable }: Reference): string =>
  notFoundText(label, relatedTable, draft.text(field));
