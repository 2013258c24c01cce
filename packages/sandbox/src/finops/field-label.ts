import type { Table, Value } from '../store/index.js';

/** What people read in the place of a field's name: `ProjectContractId` → `Project contract ID`. */
export const fieldLabel = (name: string): string =>
  name
    .split(/(?<=[a-z\d])(?=[A-Z])/)
    .map((word, index) =>
      word === 'Id' ? 'ID' : index === 0 || word === word.toUpperCase() ? word : word.toLowerCase(),
    )
    .join(' ');

/** How error texts name a row: the values of its key behind their labels, the company left out. */
export const describeKey = ({ schema }: Table, values: readonly Value[]): string =>
  schema.key
    .filter(({ name }) => name !== 'dataAreaId')
    .map(({ name, slot }) => `${fieldLabel(name)}: ${String(values[slot])}`)
    .join(', ');
