import type { HeldRecord } from '@isthmus/core';
import { Option, type Command } from 'commander';
import { filterFrom, recordLine, withFilter, type FilterOptions } from '../../held/index.js';
import { counted, readKeptError } from '../../output/index.js';
import type { Session } from '../../session.js';
import { withStore } from '../../workspace.js';
import { writeText } from '../../write-text.js';

type Format = 'jsonl' | 'csv';

interface ExportOptions extends FilterOptions {
  readonly out: string;
  readonly format: Format;
}

export function addExport(quarantine: Command, session: Session): void {
  withFilter(quarantine.command('export').summary('write held records to a file'))
    .description('Writes held records, rows included, as JSON lines, or for a spreadsheet as CSV.')
    .requiredOption('--out <file>', 'file to write')
    .addOption(new Option('--format <format>', 'of the file').choices(['jsonl', 'csv']).default('jsonl'))
    .action(({ out, format, ...options }: ExportOptions) =>
      withStore(session, async (store, workspace) => {
        const filter = await filterFrom(store, workspace, options);
        let records = 0;
        const counting = (async function* () {
          for await (const page of store.held.list(filter)) {
            records += page.length;
            yield page;
          }
        })();
        await writeText(
          out,
          lines(counting, format, (text) => session.output.redact(text)),
        );
        session.output.printJson({ file: out, records });
        session.output.print(`${counted(records, 'record')} written to ${out}.`);
      }),
    );
}

const COLUMNS = [
  'integration',
  'task',
  'state',
  'key',
  'sourceId',
  'legalEntity',
  'code',
  'field',
  'message',
  'remedy',
  'attempts',
  'since',
  'run',
  'source',
  'mapped',
] as const;

async function* lines(
  pages: AsyncIterable<readonly HeldRecord[]>,
  format: Format,
  redact: (text: string) => string,
): AsyncGenerator<string> {
  if (format === 'csv') yield `${COLUMNS.join(',')}\r\n`;
  for await (const page of pages) {
    const texts = page.map((record) => (format === 'csv' ? csvLine(record) : jsonLine(record)));
    yield redact(texts.join(''));
  }
}

const jsonLine = (record: HeldRecord): string =>
  `${JSON.stringify({ ...recordLine(record), source: record.source, mapped: record.mapped ?? null })}\n`;

function csvLine(record: HeldRecord): string {
  const { message, remedy, place } = readKeptError(record.errors[0]);
  const { source, mapped = null } = record;
  const row: Record<(typeof COLUMNS)[number], unknown> = {
    ...recordLine(record),
    field: place.field,
    message,
    remedy,
    source: JSON.stringify(source),
    mapped: JSON.stringify(mapped),
  };
  return `${COLUMNS.map((name) => cell(row[name])).join(',')}\r\n`;
}

/** RFC 4180; a spreadsheet must not take a text for a formula. */
function cell(value: unknown): string {
  const text = String(value ?? '');
  const harmless = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
