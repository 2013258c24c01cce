import type { EntityModel } from '../types.js';

/** Entities over several tables: which fields come from each of the tables behind the first. By entity type. */
const furtherTables: Readonly<Record<string, string[][]>> = {
  CustomerV3: [['OrganizationName'], ['AddressCity', 'AddressZipCode', 'AddressCountryRegionId']],
  ProjCDSProjectContract: [
    ['AddressStreet', 'AddressCity', 'AddressZipCode', 'AddressState', 'AddressCountryRegionId', 'AddressDescription'],
  ],
};

/** Tables that are called otherwise than their entity. By entity type. */
const mainTables: Readonly<Record<string, string>> = {
  CustomerV3: 'CustTable',
  LegalEntity: 'CompanyInfo',
  PaymentTerm: 'PaymTerm',
  ProjectGroup: 'ProjGroup',
};

/** Tells of an entity which tables lie behind it: the first is, as a rule, called as the entity without its ending. */
export const withTables = (model: EntityModel): EntityModel => ({
  ...model,
  table: mainTables[model.name] ?? (model.aotName ?? model.name).replace(/Entity$/, ''),
  furtherTables: furtherTables[model.name] ?? [],
});
