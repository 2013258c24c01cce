import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Company, CompanyOptions } from './company/index.js';
import { listed, sampleCompany } from './company/index.js';
import { organizationRow, withAlternateKeys, withDefaults, withOwnTables } from './dataverse/index.js';
import { errors } from './errors.js';
import { publishedAs, withOwnEntities } from './finops/index.js';
import type { EntityModel } from './model/index.js';
import { APPLICATION_ROLE, APPLICATION_USER, SYSTEM_ADMINISTRATOR, finopsModel, psaModel } from './model/index.js';
import type { SandboxOptions } from './options.js';
import { dataverseBlank, dataverseRows, finopsBlank, finopsRows } from './seed.js';
import type { Snapshot } from './snapshot/index.js';
import { hasSnapshot, loadSnapshot, readSnapshot, saveSnapshot, stateFile } from './snapshot/index.js';
import { Store } from './store/index.js';

/** What both systems hold, and where it is kept. */
export interface Stores {
  readonly psa: Store;
  readonly finops: Store;
  /** What whoever started the sandbox should know about its data. */
  readonly notices: readonly string[];
  /** Writes what has changed into the folder, where there is one. */
  save(): Promise<void>;
}

/** From the folder where it holds a company, and otherwise as the options say. */
export async function openStores(options: SandboxOptions): Promise<Stores> {
  const { folder, seed = 1, scale = 1, empty = false } = options;
  const psa = new Store(tablesOf(options));
  const finops = new Store(entitiesOf(options));
  if (folder !== undefined) await demandWritable(folder);
  const kept = folder === undefined ? undefined : await snapshotsIn(folder);
  const chosen = kept ? companyOf(kept.psa) : empty ? null : { seed, scale };
  const company = chosen ? sampleCompany(chosen) : NO_COMPANY;
  const organization = listed([organizationRow(withDefaults(options.dataverse))]);
  const rows = new Map([...company.psa, ['organizations', organization]]);
  loadSnapshot(psa, dataverseRows(psa, rows, options.dataverse), dataverseBlank, kept?.psa);
  loadSnapshot(finops, finopsRows(finops, company.finops), finopsBlank, kept?.finops);
  return {
    psa,
    finops,
    notices: kept ? ignored(options, chosen) : [],
    save: async () => {
      if (folder === undefined) return;
      const mark = chosen && { ...chosen, digest: digestOf(chosen.seed) };
      await saveSnapshot(psa, join(folder, PSA), mark);
      await saveSnapshot(finops, join(folder, FINOPS), mark);
    },
  };
}

function tablesOf({ dataverse }: SandboxOptions): EntityModel[] {
  const { tables, alternateKeys, maxAlternateKeys } = withDefaults(dataverse);
  return withAlternateKeys(withOwnTables(psaModel, tables), alternateKeys, maxAlternateKeys);
}

const entitiesOf = ({ finops: { entities = [], collections = {} } = {} }: SandboxOptions): EntityModel[] =>
  publishedAs(withOwnEntities(finopsModel, entities), collections);

const [PSA, FINOPS] = ['psa', 'finops'];

async function snapshotsIn(folder: string): Promise<{ psa: Snapshot; finops: Snapshot } | undefined> {
  const [psa, finops] = [join(folder, PSA), join(folder, FINOPS)];
  if (!hasSnapshot(psa) || !hasSnapshot(finops)) return undefined;
  return { psa: await readSnapshot(psa), finops: await readSnapshot(finops) };
}

function companyOf({ folder, state: { company } }: Snapshot): CompanyOptions | null {
  if (company && company.digest !== digestOf(company.seed)) {
    throw errors.SANDBOX_SNAPSHOT_UNREADABLE({ file: stateFile(folder) });
  }
  return company;
}

const NO_COMPANY: Company = {
  psa: new Map([
    ['systemusers', listed([APPLICATION_USER])],
    ['roles', listed([SYSTEM_ADMINISTRATOR])],
    ['systemuserrolescollection', listed([APPLICATION_ROLE])],
  ]),
  finops: new Map(),
};

const FINGERPRINT_SCALE = 0.1;

/** Changes when this sandbox makes other rows from a seed than the one that wrote the folder. */
function digestOf(seed: number): string {
  const hash = createHash('sha256');
  const { psa, finops } = sampleCompany({ seed, scale: FINGERPRINT_SCALE });
  for (const [set, rows] of [...psa, ...finops]) hash.update(set).update(JSON.stringify([...rows()]));
  return hash.digest('hex');
}

/** Which of the options have no effect because the folder holds another company. */
function ignored({ folder, seed, scale, empty }: SandboxOptions, kept: CompanyOptions | null): string[] {
  const other = [
    ...(seed !== undefined && seed !== kept?.seed ? [`seed ${seed}`] : []),
    ...(scale !== undefined && scale !== kept?.scale ? [`scale ${scale}`] : []),
    ...(empty && kept ? ['empty'] : []),
  ];
  if (other.length === 0) return [];
  const held = kept ? `a company with seed ${kept.seed} and scale ${kept.scale}` : 'a company that began empty';
  return [`${folder} holds ${held}, which goes on; ${other.join(' and ')} had no effect. Another folder starts anew.`];
}

/** Better now than after a day's work. */
async function demandWritable(folder: string): Promise<void> {
  const probe = join(folder, `.writable-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(probe, '');
    await rm(probe);
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw errors.SANDBOX_FOLDER_NOT_WRITABLE({ folder, reason }, { cause });
  }
}
