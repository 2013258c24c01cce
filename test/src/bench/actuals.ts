import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BenchCompany, isthmusRun, legOf, packagePumpRun, pumpRun, signIn, type Ceiling, type Leg } from './company.js';
import { ACTUALS, ACTUALS_IN_PACKAGES } from './installations.js';
import { perSecond, share, whole, type Line } from './table.js';

/** 100,000 actuals with some 64,000 connections, of which 45,000 join two actuals that are both delivered. */
const SCALE = 250;
const COMPANIES = ['usmf', 'ussi'];
const BEFORE = ['contracts', 'tasks', 'categories'];

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
  const captures = await captureRoundTrip(scale, scratch, say);
  say('actuals: the round trip …');
  const trip = await roundTrip(scale);
  say('actuals: bare pump …');
  const pumped = await withBooks(scale, async (company) => {
    const there = await pumpRun(company, captures.there);
    await importAndPost(company);
    return { there, back: await pumpRun(company, captures.back, { destination: 'psa' }) };
  });
  say('actuals: in data packages …');
  return {
    there: { ...trip.there, pumpSeconds: pumped.there },
    packages: await inPackages(scale),
    books: trip.books,
    back: { ...trip.back, pumpSeconds: pumped.back },
  };
}

/** @returns files of the conversations, made unless they are there */
async function captureRoundTrip(scale: number, scratch: string, say: (text: string) => void) {
  const captures = { there: join(scratch, 'actuals.jsonl'), back: join(scratch, 'actuals-update.jsonl') };
  if (existsSync(captures.back)) return captures;
  say('actuals: capturing the conversation of the round trip …');
  await withBooks(scale, async (company) => {
    await isthmusRun(company, { integrations: ['actuals'], capture: captures.there });
    await importAndPost(company);
    await isthmusRun(company, { integrations: ['actuals-update'], capture: captures.back });
  });
  return captures;
}

export interface ActualsCeilings {
  readonly there: Ceiling;
  readonly packages: Ceiling;
  readonly back: Ceiling;
}

/** Each leg, and right after it the sandbox with what the leg has written. */
export async function actualsCeilings(
  size: number,
  scratch: string,
  say: (text: string) => void,
): Promise<ActualsCeilings> {
  const scale = SCALE * size;
  const captures = await captureRoundTrip(scale, scratch, say);
  say('actuals: the round trip, its writes alone …');
  const trip = await roundTrip(scale);
  const alone = await withBooks(scale, async (company) => {
    const there = await pumpRun(company, captures.there, { writesOnly: true });
    await importAndPost(company);
    return { there, back: await pumpRun(company, captures.back, { destination: 'psa', writesOnly: true }) };
  });
  say('actuals: in data packages, the packages alone …');
  const capture = join(scratch, 'packages.jsonl');
  await inPackages(scale, capture);
  const packages = await inPackages(scale);
  const imported = await withBooks(scale, (company) => packagePumpRun(company, capture));
  return {
    there: { ...trip.there, alone: alone.there },
    packages: { ...packages, alone: imported },
    back: { ...trip.back, alone: alone.back },
  };
}

const roundTrip = (scale: number) =>
  withBooks(scale, async (company) => {
    const there = legOf(await isthmusRun(company, { integrations: ['actuals'] }));
    const books = await importAndPost(company);
    return { there, books, back: legOf(await isthmusRun(company, { integrations: ['actuals-update'] })) };
  });

/** @param capture a file for the conversation */
function inPackages(scale: number, capture?: string): Promise<Leg> {
  const options = { integrations: ['actuals'], ...(capture === undefined ? {} : { capture }) };
  return withBooks(scale, async (company) => legOf(await isthmusRun(company, options)), ACTUALS_IN_PACKAGES);
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
