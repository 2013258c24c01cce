import { currencies, currencyCodes } from '../currencies.js';
import type { Row } from '../types.js';
import { legalEntities } from './companies.js';

/** What posting needs: US dollars everywhere, the rates that PSA has too, and months that are all open. */

const RATE_TYPE = 'Default';

export const ledgerRows = (): Row[] =>
  legalEntities.map(({ id }) => ({ LegalEntityId: id, AccountingCurrency: 'USD', ExchangeRateType: RATE_TYPE }));

const noon = (year: number, month: number, day: number): string =>
  `${new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10)}T12:00:00Z`;

export const exchangeRateRows = (): Row[] =>
  currencyCodes
    .filter((code) => code !== 'USD')
    .map((code) => ({
      RateTypeName: RATE_TYPE,
      FromCurrency: 'USD',
      ToCurrency: code,
      StartDate: noon(2024, 0, 1),
      Rate: (currencies[code].rate / 10_000).toFixed(4),
      ConversionFactor: 'One',
    }));

/** A calendar of five years, around those in which the sample company works. */
export const periodRows: Row[] = Array.from({ length: 60 }, (_, month) => ({
  StartDate: noon(2024, month, 1),
  EndDate: noon(2024, month + 1, 0),
  PeriodName: noon(2024, month, 1).slice(0, 7),
  Status: 'Open',
}));

export const numberSequenceRows = (): Row[] =>
  legalEntities.map(({ id }) => ({
    dataAreaId: id,
    NumberSequenceCode: 'ProjVouch',
    Name: 'Vouchers of the integration journal',
    Format: `PSV-${id.toUpperCase()}-######`,
    NextNumber: 1,
    LargestNumber: 999_999,
  }));

export const forecastModelRows: Row[] = [{ ModelId: 'O_forecast', Name: 'Original forecast', Stopped: 'No' }];
