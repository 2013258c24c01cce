import { readFileSync } from 'node:fs';
import { actualsCeilings, type ActualsCeilings } from './actuals.js';
import { BenchCompany, ownProcess, type Ceiling } from './company.js';
import { contractsCeiling } from './contracts.js';
import { NOTHING_READ } from './installations.js';
import type { PageSettings } from './page-times.js';
import { perSecond, type Line } from './table.js';

/** 100,000 actuals: 20 pages. */
const SCALE = 250;
const ALL = '/api/data/v9.2/msdyn_actuals';
/** What the actuals template selects. */
const COLUMNS = [
  'msdyn_actualid',
  'msdyn_description',
  'msdyn_externaldescription',
  'msdyn_externalreferenceid',
  'msdyn_accountingdate',
  'msdyn_documentdate',
  'msdyn_startdatetime',
  'msdyn_enddatetime',
  'msdyn_exchangeratedate',
  'msdyn_transactionclassification',
  'msdyn_transactiontypecode',
  'msdyn_billingtype',
  'exchangerate',
  'msdyn_amount',
  'msdyn_amount_base',
  'msdyn_price',
  'msdyn_price_base',
  'msdyn_quantity',
  '_msdyn_task_value',
  '_msdyn_transactioncategory_value',
];
const SELECTED = `${ALL}?$select=${COLUMNS.join(',')}`;

/** What the sandbox itself can do: whatever is measured against it cannot be faster. */
export interface SandboxFigures {
  /** Milliseconds for a page of 5,000 actuals at the client, to the last byte of the body. */
  readonly pages: PageTimes;
  readonly ceilings: Ceilings;
}

interface PageTimes {
  /** With the columns that the template selects, and with all columns. */
  readonly selected: PageTime;
  readonly all: PageTime;
}

interface PageTime {
  /** Rows are made on the way. */
  readonly cold: number;
  /** Rows are in memory. */
  readonly warm: number;
}

interface Ceilings extends ActualsCeilings {
  readonly contracts: Ceiling;
}

export async function benchSandbox(
  size: number,
  scratch: string,
  say: (text: string) => void,
): Promise<SandboxFigures> {
  say('sandbox: pages …');
  const pages = await pageTimes(size);
  const contracts = await contractsCeiling(size, scratch, say);
  return { pages, ceilings: { contracts, ...(await actualsCeilings(size, scratch, say)) } };
}

async function pageTimes(size: number): Promise<PageTimes> {
  const [cold = 0, warm = 0, allWarm = 0] = await medians(size, [SELECTED, SELECTED, ALL]);
  const [allCold = 0] = await medians(size, [ALL]);
  return { selected: { cold, warm }, all: { cold: allCold, warm: allWarm } };
}

/** Milliseconds for a page of each query, asked of one fresh sandbox in this order. */
async function medians(size: number, queries: readonly string[]): Promise<number[]> {
  const company = await BenchCompany.start(SCALE * size, NOTHING_READ);
  try {
    const settings: PageSettings = { systems: company.systems, queries, result: company.file('pages') };
    await ownProcess('./page-times.js', settings);
    return JSON.parse(readFileSync(settings.result, 'utf8')) as number[];
  } finally {
    await company.stop();
  }
}

export function sandboxLines({ pages, ceilings }: SandboxFigures): Line[] {
  const page = (what: string, { cold, warm }: PageTime): Line => [
    `page of 5,000 rows, ${what}: made on the way / in memory, ms`,
    `${cold.toFixed(0)} / ${warm.toFixed(0)}`,
    'below 60',
  ];
  const ceiling = (what: string, { rows, seconds, alone }: Ceiling): Line[] => [
    [`the sandbox alone, ${what}, rows/s`, perSecond(rows, alone)],
    ['  : the run', `${(seconds / alone).toFixed(1)} times`, 'above 1: not the bottleneck'],
  ];
  return [
    page('columns of the template', pages.selected),
    page('all columns', pages.all),
    ...ceiling('creates of projects and contracts', ceilings.contracts),
    ...ceiling('creates of actuals', ceilings.there),
    ...ceiling('data packages of actuals', ceilings.packages),
    ...ceiling('updates of actuals in PSA', ceilings.back),
  ];
}
