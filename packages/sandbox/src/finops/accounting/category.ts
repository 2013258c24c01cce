import type { Books } from './books.js';
import { CLASSIFICATION } from './classification.js';
import type { Entry } from '../rows.js';

/** A category of the company, or what stands against it. */
export type Category = { readonly id: string; readonly itemSalesTaxGroup: string } | { readonly fault: string };

/** Hours and fees take the category of the parameters; the rest names its own, by the id that PSA knows it by. */
export function categoryOf(books: Books, actual: Entry): Category {
  const parameters = books.own('ProjCDSParameters');
  switch (actual.text('TransactionClassification')) {
    case CLASSIFICATION.time:
      return used(books, parameters?.text('TimeCategory') ?? '', 'time category');
    case CLASSIFICATION.fee:
    case CLASSIFICATION.milestone:
      return used(books, parameters?.text('FeeCategory') ?? '', 'fee category');
    case CLASSIFICATION.tax:
      return { id: '', itemSalesTaxGroup: '' };
    default:
      return linked(books, actual.text('TransactionCategory'));
  }
}

function used(books: Books, id: string, parameter: string): Category {
  if (id) return inProjects(books, id);
  return { fault: `The ${parameter} of the Project Service Automation integration parameters is not set.` };
}

function linked(books: Books, integrationId: string): Category {
  const category = books
    .rows('ProjCDSCategories')
    .where('IntegrationId', integrationId)
    .find(({ company }) => company === books.company);
  if (category) return inProjects(books, category.text('CategoryId'));
  return { fault: `No category of company '${books.company}' has the integration id ${integrationId}.` };
}

function inProjects(books: Books, id: string): Category {
  const category = books.own('ProjectCategories', id);
  if (!category) return { fault: `The project category '${id}' doesn't exist in company '${books.company}'.` };
  if (category.text('ActiveInJournals') !== 'Yes')
    return { fault: `The project category '${id}' is not active in journals.` };
  return { id, itemSalesTaxGroup: category.text('ItemSalesTaxGroup') };
}
