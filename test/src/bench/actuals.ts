import { join } from 'node:path';
import { BenchCompany, isthmusRun, pumpRun, rowsOf, signIn, type RunResult } from './company.js';
import { ACTUALS, ACTUALS_IN_PACKAGES } from './installations.js';
import { perSecond, share, whole, type Line } from './table.js';

/** 100,000 actuals with some 64,000 connections, of which 45,000 join two actuals that are both delivered. */
const SCALE = 250;
const COMPANIES = ['usmf', 'ussi'];
const BEFORE = ['contracts', 'tasks', 'categories'];

interface Leg {
  readonly rows: number;
  readonly seconds: number;
}

export interface ActualsFigures {
  /** PSA to the staging table of F&O. */
  readonly there: Leg & { readonly pumpSeconds: number };
  /** The same in data packages. */
  readonly packages: Leg;
  /** The sandbox's own work: import from staging, posting. */
  readonly books: Books;
  /** Vouchers and sales taxes to PSA. */
  readonly back: Leg & { readonly pumpSeconds: number };
}

interface Books {
  readonly importSeconds: number;
  readonly postSeconds: number;
}

/** The round trip of actuals, each leg beside a pump that sends the same requests to another sandbox in the same state. */
export async function benchActuals(
  size: number,
  scratch: string,
  say: (text: string) => void,
): Promise<ActualsFigures> {
  const scale = SCALE * size;
  const captures = { there: join(scratch, 'actuals.jsonl'), back: join(scratch, 'actuals-update.jsonl') };
  say('actuals: capturing the conversation of the round trip …');
  await withBooks(scale, async (company) => {
    await isthmusRun(company, { integrations: ['actuals'], capture: captures.there });
    await importAndPost(company);
    await isthmusRun(company, { integrations: ['actuals-update'], capture: captures.back });
  });
  say('actuals: the round trip …');
  const trip = await withBooks(scale, async (company) => {
    const there = legOf(await isthmusRun(company, { integrations: ['actuals'] }));
    const books = await importAndPost(company);
    const back = legOf(await isthmusRun(company, { integrations: ['actuals-update'] }));
    return { there, books, back };
  });
  say('actuals: bare pump …');
  const pumped = await withBooks(scale, async (company) => {
    const there = await pumpRun(company, captures.there);
    await importAndPost(company);
    return { there, back: await pumpRun(company, captures.back, 'psa') };
  });
  say('actuals: in data packages …');
  const inPackages = async (company: BenchCompany) => legOf(await isthmusRun(company, { integrations: ['actuals'] }));
  return {
    there: { ...trip.there, pumpSeconds: pumped.there },
    packages: await withBooks(scale, inPackages, ACTUALS_IN_PACKAGES),
    books: trip.books,
    back: { ...trip.back, pumpSeconds: pumped.back },
  };
}

/** A company whose contracts, projects, tasks and categories have been delivered. */
async function withBooks<T>(
  scale: number,
  work: (company: BenchCompany) => Promise<T>,
  installation = ACTUALS,
): Promise<T> {
  const company = await BenchCompany.start(scale, installation);
  try {
    await isthmusRun(company, { integrations: BEFORE });
    return await work(company);
  } finally {
    await company.stop();
  }
}

const legOf = (run: RunResult): Leg => ({ rows: rowsOf(run), seconds: run.seconds });

async function importAndPost(company: BenchCompany): Promise<Books> {
  return {
    importSeconds: await act(company, 'ProjCDSActualsImports', 'importFromStagingTable'),
    postSeconds: await act(company, 'ProjAdvancedJournalHeaders', 'postJournals'),
  };
}

/** @returns seconds that an action took in all legal entities */
async function act({ systems }: BenchCompany, set: string, action: string): Promise<number> {
  const { url } = systems.finops;
  const headers = { authorization: await signIn(systems, url), 'content-type': 'application/json' };
  const started = performance.now();
  for (const legalEntityId of COMPANIES) {
    const address = `${url}/data/${set}/Microsoft.Dynamics.DataEntities.${action}`;
    const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify({ legalEntityId }) });
    const said = await answer.text();
    if (!answer.ok) throw new RangeError(`${action}: ${answer.status} ${said}`);
  }
  return (performance.now() - started) / 1000;
}

export function actualsLines({ there, packages, books, back }: ActualsFigures): Line[] {
  const legs = ({ rows, seconds, pumpSeconds }: ActualsFigures['there']): Line[] => [
    ['  bare pump, same requests, rows/s', perSecond(rows, pumpSeconds)],
    ['  leg : pump', share(pumpSeconds, seconds), 'at least 70 %'],
  ];
  return [
    [`actuals to staging, ${whole(there.rows)} rows, rows/s`, perSecond(there.rows, there.seconds)],
    ...legs(there),
    ['  in data packages, rows/s', perSecond(packages.rows, packages.seconds)],
    ['import from staging (sandbox), seconds', books.importSeconds.toFixed(2)],
    ['posting (sandbox), seconds', books.postSeconds.toFixed(2)],
    [`vouchers and taxes to PSA, ${whole(back.rows)} rows, rows/s`, perSecond(back.rows, back.seconds)],
    ...legs(back),
  ];
}
