import { readFileSync, writeFileSync } from 'node:fs';
import type { Value } from './service.js';
import type { Site } from './site.js';

/** A line of a plan, as `isthmus plan --json` prints it and `--out` saves it. */
export interface PlannedLine {
  readonly task: string;
  readonly action: string;
  readonly record: string;
  readonly sourceId: string;
  readonly legalEntity: string;
  readonly fields?: Readonly<Record<string, Value>>;
  readonly changes?: Readonly<Record<string, { from: Value; to: Value }>>;
  readonly waitsFor?: { readonly task: string; readonly key: string };
  readonly conflicts?: readonly object[];
  readonly reasons?: readonly { readonly code: string; readonly message: string; readonly field?: string }[];
}

type Totals = Readonly<Record<string, number>> & { readonly task: string };

export const PLAN = 'contracts.plan';

/** The records of a plan that something is done about, those that need nothing, what they add up to, and how the command ended. */
export interface MadePlan {
  readonly status: number | null;
  readonly records: readonly PlannedLine[];
  readonly unchanged: readonly PlannedLine[];
  readonly totals: readonly Totals[];
}

export async function madePlan(site: Site, ...options: string[]): Promise<MadePlan> {
  const ended = await site.isthmus('plan', '--json', ...options);
  const lines = ended.jsonLines<PlannedLine | { totals: Totals }>();
  const records = lines.filter((line): line is PlannedLine => 'action' in line);
  return {
    status: ended.status,
    records: records.filter(({ action }) => action !== 'unchanged'),
    unchanged: records.filter(({ action }) => action === 'unchanged'),
    totals: lines.flatMap((line) => ('totals' in line ? line.totals : [])),
  };
}

/** Saves a plan. */
export async function savedPlan(site: Site, ...options: string[]): Promise<string> {
  const ended = await site.isthmus('plan', '--out', PLAN, ...options);
  if (ended.status !== 4) throw new Error(`no plan (status ${ended.status}): ${ended.stderr}`);
  return readFileSync(site.path(PLAN), 'utf8');
}

export const replacePlan = (site: Site, text: string): void => writeFileSync(site.path(PLAN), text);
