import type { EntityModel } from '../types.js';

/** Entities over several tables: which fields come from each of the tables behind the first. By entity type. */
const furtherTables: Readonly<Record<string, string[][]>> = {
  CustomerV3: [['OrganizationName'], ['AddressCity', 'AddressZipCode', 'AddressCountryRegionId']],
  ProjCDSProjectContract: [
    ['AddressStreet', 'AddressCity', 'AddressZipCode', 'AddressState', 'AddressCountryRegionId', 'AddressDescription'],
  ],
};

/** Tells of an entity which tables lie behind it. */
export const withTables = (model: EntityModel): EntityModel => ({
  ...model,
  furtherTables: furtherTables[model.name] ?? [],
});
