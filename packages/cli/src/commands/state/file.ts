import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { StateEntry, TaskScope } from '@isthmus/core';
import { cliErrors } from '../../errors.js';
import { VERSION } from '../../version.js';

/** First line of a state file. */
export interface StateHeader {
  readonly isthmus: 'state';
  /** Version of the product that wrote it. */
  readonly version: string;
  readonly tasks: readonly TaskScope[];
  /** Integration → identities of its two systems: what is remembered of one system says nothing of another. */
  readonly systems: Readonly<Record<string, readonly string[]>>;
}

/** Last line: over all lines before it. */
interface StateEnd {
  readonly entries: number;
  readonly digest: string;
}

const PAGE_SIZE = 1000;

/** Lines of a state file: header, an entry each, end. */
export async function* stateLines(
  header: StateHeader,
  pages: AsyncIterable<readonly StateEntry[]>,
): AsyncGenerator<string> {
  const digest = createHash('sha256');
  let entries = 0;
  const lines = (values: readonly unknown[]): string => {
    const text = values.map((value) => `${JSON.stringify(value)}\n`).join('');
    digest.update(text);
    return text;
  };
  yield lines([header]);
  for await (const page of pages) {
    entries += page.length;
    yield lines(page);
  }
  const end: StateEnd = { entries, digest: digest.digest('hex') };
  yield `${JSON.stringify(end)}\n`;
}

/** @throws CLI_STATE_FILE_UNFIT where the file does not belong here */
export async function readHeader(file: string, wanted: Omit<StateHeader, 'tasks'>): Promise<StateHeader> {
  for await (const { value, refuse } of valuesIn(file)) return headerIn(value, wanted, refuse);
  throw cliErrors.CLI_STATE_FILE_UNFIT({ file, why: 'it is empty' });
}

/**
 * The entries of a state file, in pages. Whoever takes them all knows in the end that the file is whole and unchanged.
 *
 * @throws CLI_STATE_FILE_UNFIT, at the latest when the last page was taken
 */
export async function* readState(file: string, wanted: Omit<StateHeader, 'tasks'>): AsyncGenerator<StateEntry[], void> {
  const digest = createHash('sha256');
  let header: StateHeader | undefined;
  let end: StateEnd | undefined;
  let entries = 0;
  let page: StateEntry[] = [];
  for await (const { line, value, refuse } of valuesIn(file)) {
    if (end) throw refuse('something follows its end');
    if (header && isEnd(value)) {
      end = value;
      continue;
    }
    digest.update(`${line}\n`);
    if (!header) {
      header = headerIn(value, wanted, refuse);
      continue;
    }
    page.push(entryIn(value, header, refuse));
    entries++;
    if (page.length < PAGE_SIZE) continue;
    yield page;
    page = [];
  }
  const unfit = (why: string) => cliErrors.CLI_STATE_FILE_UNFIT({ file, why });
  if (!end) throw unfit('it is cut off before its end');
  if (end.entries !== entries || end.digest !== digest.digest('hex'))
    throw unfit('it was changed after it was written');
  yield page;
}

type Refuse = (why: string) => Error;

async function* valuesIn(file: string): AsyncGenerator<{ line: string; value: unknown; refuse: Refuse }> {
  const refuse: Refuse = (why) => cliErrors.CLI_STATE_FILE_UNFIT({ file, why });
  const input = createReadStream(file);
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      yield { line, value: JSON.parse(line) as unknown, refuse };
    }
  } catch (thrown) {
    if (thrown instanceof SyntaxError) throw refuse('it is no file of JSON lines, or is torn');
    if (isFileFailure(thrown)) throw refuse(`it cannot be read (${thrown.code})`);
    throw thrown;
  } finally {
    input.destroy();
  }
}

function headerIn(value: unknown, wanted: Omit<StateHeader, 'tasks'>, refuse: Refuse): StateHeader {
  const header = value as Partial<StateHeader> | null;
  if (header?.isthmus !== 'state' || !header.tasks || !header.systems) throw refuse('it holds no state of Isthmus');
  if (header.version !== VERSION) throw refuse(`version ${header.version} has written it, this is ${VERSION}`);
  for (const { integration } of header.tasks) {
    const systems = JSON.stringify(wanted.systems[integration]);
    if (systems === undefined) throw refuse(`the rc file has no integration '${integration}'`);
    if (systems !== JSON.stringify(header.systems[integration])) {
      throw refuse(`the integration '${integration}' connects other systems`);
    }
  }
  return { ...wanted, tasks: header.tasks };
}

const isEnd = (value: unknown): value is StateEnd =>
  typeof value === 'object' && value !== null && 'digest' in value && 'entries' in value;

function entryIn(value: unknown, { tasks }: StateHeader, refuse: Refuse): StateEntry {
  const entry = value as Partial<StateEntry> | null;
  const known = tasks.some(({ integration, task }) => integration === entry?.integration && task === entry.task);
  if (!known || !entry?.kind || typeof entry.value !== 'object') throw refuse('an entry belongs to none of its tasks');
  return entry as StateEntry;
}

const isFileFailure = (thrown: unknown): thrown is NodeJS.ErrnoException =>
  thrown instanceof Error && 'syscall' in thrown && 'code' in thrown;
