import { currencies, currencyCodes } from '../currencies.js';
import type { Row } from '../types.js';

/** Legal entities, and what is the same in all of them. `dataAreaId` is lower-case on the wire. */
export const legalEntities = [
  { id: 'usmf', name: 'Contoso Entertainment System USA' },
  { id: 'ussi', name: 'Contoso Consulting USA' },
] as const;

export const legalEntityRows = (): Row[] =>
  legalEntities.map(({ id, name }) => ({ LegalEntityId: id, Name: name, AddressCountryRegionId: 'USA' }));

export const currencyRows = (): Row[] =>
  currencyCodes.map((code) => ({
    CurrencyCode: code,
    Name: currencies[code].name,
    Symbol: currencies[code].symbol,
    GeneralRoundingRule: currencies[code].precision === 0 ? '1' : '0.01',
  }));

/** The same rows in every legal entity. */
export const inEveryCompany = (rows: Row[]): Row[] =>
  legalEntities.flatMap(({ id }) => rows.map((row) => ({ dataAreaId: id, ...row })));
