import type { RunningSandbox } from '@isthmus/sandbox';
import { tableOf, wholeTables } from '../support/finops.js';
import type { RcFile } from '../support/rc-file.js';
import { psaOf, type Row } from '../support/service.js';
import { install } from '../support/templates.js';

/** What is there after a delivery, row by row, without what differs from one delivery to the next. */
export type Tables = Readonly<Record<string, readonly string[]>>;

/** What is delivered, which way, and where it arrives. */
export interface Freight {
  readonly change: (rc: RcFile) => void;
  readonly tables: (sandbox: RunningSandbox) => Promise<Tables>;
}

export const CONTRACTS: Freight = { change: () => undefined, tables: wholeTables };

export const IN_PACKAGES: Freight = {
  change: ({ connections: { finops } }) => Object.assign(finops, { dataPackages: { fromRows: 20, rows: 20 } }),
  tables: wholeTables,
};

/** Actuals to F&O, their vouchers, taxes and connections back to PSA. */
export const ROUND_TRIP: Freight = {
  change: (rc) => {
    install(rc, 'contracts', 'tasks', 'categories', 'actuals', 'update');
    const { actuals, update } = rc.integrations;
    if (actuals) actuals.parameters = { importFromStaging: true, post: true };
    if (update) update.parameters = { voucherColumn: 'msdynce_vouchernumber' };
  },
  tables: async (sandbox) => {
    const actuals = await psaOf(sandbox).rows('msdyn_actuals');
    const original = new Set(actuals.filter((row) => !isTax(row)).map((row) => row['msdyn_actualid']));
    const connections = await psaOf(sandbox).rows('msdyn_transactionconnections');
    const arrived = await tableOf(sandbox, 'ProjCDSActualsImports');
    const books = await tableOf(sandbox, 'ProjLedgerTransactions');
    return {
      ...(await wholeTables(sandbox)),
      actuals: arrived.map(({ ActualId, TransactionClassification: kind, Amount, Voucher }) =>
        // The id of a tax actual is its own every time.
        JSON.stringify([original.has(ActualId ?? null) ? ActualId : kind, Amount, Voucher !== '']),
      ),
      'actuals in PSA': actuals.map((row) =>
        JSON.stringify([
          isTax(row) ? TAX : row['msdyn_actualid'],
          row['_msdyn_project_value'],
          row['msdyn_amount'],
          row['msdynce_vouchernumber'] != null,
        ]),
      ),
      connections: connections.map((row) => JSON.stringify([row['msdyn_transaction1role'], row['msdyn_transaction2']])),
      books: books.map(({ TransactionCurrencyAmount, AccountingCurrencyAmount }) =>
        JSON.stringify([TransactionCurrencyAmount, AccountingCurrencyAmount]),
      ),
    };
  },
};

const TAX = 690970002;
const isTax = ({ msdyn_transactionclassification: kind }: Row): boolean => Number(kind) === TAX;
