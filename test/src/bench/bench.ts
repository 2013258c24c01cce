import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryFile } from '../support/repository.js';
import { actualsLines, benchActuals } from './actuals.js';
import { benchContracts, benchLargeCompany, contractsLines } from './contracts.js';
import { benchMapper, mapperLines } from './mapper.js';
import { benchSandbox, sandboxLines } from './sandbox.js';
import { tableOf } from './table.js';

/**
 * `npm run bench -- [PART…]`: ratios taken in one run on one machine; the absolute numbers are for scale only.
 * `--quick` leaves out the large company, `--size 0.1` makes every company a tenth as large and saves nothing.
 */
const PARTS = ['mapper', 'contracts', 'actuals', 'sandbox'] as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, size: { type: 'string', default: '1' } },
});
const size = Number(values.size);
const unknown = positionals.filter((name) => !PARTS.some((part) => part === name));
if (unknown.length > 0 || !(size > 0 && size <= 1)) {
  process.stderr.write(`npm run bench -- [${PARTS.join('] [')}] [--quick] [--size 0.1]\n`);
  process.exit(2);
}
const wanted = (part: (typeof PARTS)[number]): boolean => positionals.length === 0 || positionals.includes(part);

const scratch = mkdtempSync(join(tmpdir(), 'isthmus-bench-'));
const at = new Date().toISOString();
const measured: Record<string, object> = {};

if (wanted('mapper')) {
  say('mapper …');
  const mapper = benchMapper();
  measured['mapper'] = { at, ...mapper };
  process.stdout.write(tableOf(mapperLines(mapper)));
}
if (wanted('contracts')) {
  const small = await benchContracts(size, scratch, say);
  const large = values.quick ? undefined : await benchLargeCompany(size);
  measured['small'] = { at, ...small };
  if (large) measured['large'] = { at, ...large };
  process.stdout.write(tableOf(contractsLines(small, large)));
}
if (wanted('actuals')) {
  const actuals = await benchActuals(size, scratch, say);
  measured['actuals'] = { at, ...actuals };
  process.stdout.write(tableOf(actualsLines(actuals)));
}
if (wanted('sandbox')) {
  const sandbox = await benchSandbox(size, scratch, say);
  measured['sandbox'] = { at, ...sandbox };
  process.stdout.write(tableOf(sandboxLines(sandbox)));
}
rmSync(scratch, { recursive: true, force: true });
if (size === 1) save();

function file(): string {
  return repositoryFile('docs/benchmarks.json');
}

function before(): object {
  return JSON.parse(readFileSync(file(), 'utf8')) as object;
}

/** What was not measured this time stays as it was. */
function save(): void {
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, memoryBytes: totalmem() };
  writeFileSync(file(), `${JSON.stringify({ ...before(), at, machine, ...measured }, null, 2)}\n`);
  say('written to docs/benchmarks.json');
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
