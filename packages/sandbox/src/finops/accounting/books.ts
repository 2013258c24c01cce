import type { Store } from '../../store/index.js';
import { quotientInSteps, toScale } from '../../odata/index.js';
import type { Entry } from '../rows.js';
import { Rows } from '../rows.js';

const CENT = '0.01';

/** The books of one legal entity, while something is imported into them or posted. */
export class Books {
  readonly currency: string;
  readonly rateType: string;
  private readonly known = new Map<string, Rows>();
  private readonly steps = new Map<string, string>();

  constructor(
    readonly store: Store,
    readonly company: string,
  ) {
    const ledger = this.rows('Ledgers').find(company);
    this.currency = ledger?.text('AccountingCurrency') ?? '';
    this.rateType = ledger?.text('ExchangeRateType') ?? '';
  }

  rows(set: string): Rows {
    let rows = this.known.get(set);
    if (!rows) this.known.set(set, (rows = Rows.of(this.store, set)));
    return rows;
  }

  /** A row of this company, by the rest of its key. */
  own(set: string, ...key: readonly string[]): Entry | undefined {
    return this.rows(set).find(this.company, ...key);
  }

  /** Smallest step of an amount in a currency. */
  stepOf(currency: string): string {
    const known = this.steps.get(currency);
    if (known !== undefined) return known;
    const given = toScale(this.rows('Currencies').find(currency)?.text('GeneralRoundingRule') ?? '0', 6, false);
    const step = given === '0' ? CENT : given;
    this.steps.set(currency, step);
    return step;
  }

  /** An amount in the steps of a currency, half away from zero. */
  rounded(amount: string, currency: string): string {
    return quotientInSteps(amount, '1', this.stepOf(currency), 'nearest');
  }
}
