import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { syncErrors } from '../errors.js';
import { guarded } from './file-failure.js';
import { isEntry, isTotals, PLAN_FORMAT, type PlanEntry, type PlanHeader, type PlanLine } from './format.js';

/** A plan that was saved, as it was written. */
export interface PlanFile {
  readonly header: PlanHeader;
  readonly digest: string;
  /**
   * The entries in their order, in portions of one task and of at most `size`. A task may come more than once; one without
   * entries comes once.
   */
  portions(integration: string, size: number): AsyncGenerator<PlanPortion>;
}

export interface PlanPortion {
  readonly task: string;
  readonly entries: readonly PlanEntry[];
  /** Entries of another task follow. */
  readonly last: boolean;
}

/** @throws PLAN_FILE_UNUSABLE, PLAN_NOT_A_PLAN, PLAN_FORMAT_UNKNOWN, PLAN_ALTERED */
export async function readPlan(file: string): Promise<PlanFile> {
  const { header, digest } = await guarded(file, () => verified(file));
  return { header, digest, portions: (integration, size) => portionsOf(file, integration, size) };
}

async function verified(file: string): Promise<Pick<PlanFile, 'header' | 'digest'>> {
  const hash = createHash('sha256');
  let header: PlanHeader | undefined;
  let digest: string | undefined;
  for await (const text of linesOf(file)) {
    if (digest !== undefined) throw altered(file, 'something was added at its end');
    const line = parse(text);
    header ??= headerIn(line, file);
    if (!line) throw altered(file, 'it has a line that is no JSON');
    if ('digest' in line) digest = line.digest;
    else hash.update(`${text}\n`);
  }
  if (!header) throw syncErrors.PLAN_NOT_A_PLAN({ file });
  if (digest === undefined) throw altered(file, 'its end is missing');
  if (digest !== hash.digest('base64url')) throw altered(file, 'its content does not fit its digest');
  return { header, digest };
}

function headerIn(line: PlanLine | undefined, file: string): PlanHeader {
  if (!line || !('plan' in line)) throw syncErrors.PLAN_NOT_A_PLAN({ file });
  const found = String(line.plan);
  if (found !== String(PLAN_FORMAT)) throw syncErrors.PLAN_FORMAT_UNKNOWN({ file, found, known: PLAN_FORMAT });
  return line;
}

const altered = (file: string, detail: string) => syncErrors.PLAN_ALTERED({ file, detail });

function parse(text: string): PlanLine | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as PlanLine) : undefined;
  } catch {
    return undefined;
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const handle = await open(file);
  try {
    yield* handle.readLines();
  } finally {
    await handle.close().catch(() => undefined);
  }
}

async function* portionsOf(file: string, integration: string, size: number): AsyncGenerator<PlanPortion> {
  let entries: PlanEntry[] = [];
  const seen = new Set<string>();
  for await (const text of linesOf(file)) {
    const line = parse(text);
    const scope = line && (isEntry(line) ? line : isTotals(line) ? line.totals : undefined);
    if (!line || scope?.integration !== integration) continue;
    const [first] = entries;
    const isOther = first !== undefined && first.task !== scope.task;
    if (first && (isOther || entries.length === size)) {
      yield { task: first.task, entries, last: isOther };
      entries = [];
    }
    if (isEntry(line)) {
      entries.push(line);
      seen.add(line.task);
    } else if (!seen.has(scope.task)) yield { task: scope.task, entries: [], last: true };
  }
  const [first] = entries;
  if (first) yield { task: first.task, entries, last: true };
}
