import { existsSync, readFileSync } from 'node:fs';
import { repositoryFile } from '../support/repository.js';

const REFERENCE = '../shared/reference';
const FILE = repositoryFile(`${REFERENCE}/templates.md`);

/** The published documentation lies beside the checkout. */
export const isPublished = existsSync(FILE);

/** A field of a field table, as the documentation writes it. */
export interface PublishedField {
  /** A path; null for a dash. */
  readonly source: string | null;
  /** `=`, `Fn …` or `PQ`. */
  readonly map: '=' | 'Fn' | 'PQ';
  /** In capitals. */
  readonly destination: string;
}

export interface PublishedTable {
  readonly source: string;
  readonly entity: string;
  readonly fields: readonly PublishedField[];
}

const TITLE = /`(\w+)` → \*[^*]*\*\s*\(`(\w+)`\)/g;

/** The field tables of a chapter, each with the last pair of entities that is named before it. */
export function tablesOfChapter(chapter: number): PublishedTable[] {
  const whole = readFileSync(FILE, 'utf8');
  const [text = ''] = new RegExp(`^## ${chapter}\\. [^]*?(?=^## )`, 'm').exec(whole) ?? [];
  const tables: PublishedTable[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(/(?:^\|.*\n)+/gm)) {
    const [, source = '', entity = ''] = [...text.slice(end, index).matchAll(TITLE)].at(-1) ?? [];
    tables.push({ source, entity, fields: found.trim().split('\n').slice(2).flatMap(fieldsOfRow) });
    end = index + found.length;
  }
  return tables;
}

/** A row may hold several fields: `a, b | = | A, B`, or `a / role | A / A_ROLE`. */
function fieldsOfRow(line: string): PublishedField[] {
  const cells = line.split('|').map((cell) => cell.trim());
  const [from = '', ...rest] = cells.slice(1, -1);
  const destinations = listIn(rest.at(-1) ?? '');
  const map = rest.length > 1 ? (rest[0] ?? '=') : '=';
  const isQuery = /\(PQ/.test(from);
  const sources = isQuery ? [queried(from)] : spelledOut(listIn(from));
  return destinations.map((destination, i) => ({
    source: sources[i] ?? null,
    map: isQuery ? 'PQ' : map.startsWith('Fn') ? 'Fn' : '=',
    destination: destination.toUpperCase(),
  }));
}

const listIn = (cell: string): string[] => cell.split(/ \/ |, /);

/** `msdyn_transaction1 / role / type` names three columns. */
const spelledOut = ([first = '', ...others]: readonly string[]): (string | null)[] =>
  first === '—'
    ? [null]
    : [first, ...others.map((other) => (/^[a-z]+$/.test(other) && other !== 'exchangerate' ? first + other : other))];

/** What a column that the advanced query adds is computed from. */
const QUERIED: Readonly<Record<string, string | null>> = {
  BillingType: 'msdyn_billingtype',
  TransactionType: 'msdyn_transactiontypecode',
  ModelId: null,
  ModelID: null,
  ProjectDataAreaIdIC: 'msdyn_contractorganizationalunitid.msdyn_name',
};

const queried = (cell: string): string | null => QUERIED[cell.split(' ')[0] ?? ''] ?? null;

/** An entity's own document, as text: it has the spelling of its fields. */
export const entityDocument = (entity: string): string =>
  readFileSync(repositoryFile(`${REFERENCE}/cdm/finops/${entity}.json`), 'utf8');

/** First and last column of each field table of a chapter, in capitals: what is read, and what is written. */
export function pairsOfChapter(chapter: number): string[][][] {
  const whole = readFileSync(FILE, 'utf8');
  const [text = ''] = new RegExp(`^## ${chapter}\\. [^]*?(?=^## )`, 'm').exec(whole) ?? [];
  return [...text.matchAll(/(?:^\|.*\n)+/gm)].map(([table]) =>
    table
      .trim()
      .split('\n')
      .slice(2)
      .flatMap((line) => {
        const cells = line.split('|').map((cell) => cell.trim());
        const [from = ''] = cells.slice(1);
        const sources = spelledOut(listIn(from.replace(/ \(.*$/, '')));
        const destinations = spelledOut(listIn(cells.at(-2) ?? ''));
        return destinations.map((destination, i) =>
          [sources[i] ?? '', destination ?? ''].map((name) => name.toUpperCase()),
        );
      }),
  );
}
