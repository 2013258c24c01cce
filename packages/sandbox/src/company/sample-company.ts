import { blueprint } from './blueprint.js';
import { context } from './context.js';
import { finopsRows } from './finops/index.js';
import { psaRows } from './psa/index.js';
import type { Company, CompanyOptions } from './types.js';

/**
 * A company that runs its projects in PSA and is about to connect F&O. At scale 1: 40 orders, 60 projects, 100 contract lines,
 * 60 milestones, 300 tasks, 150 estimate lines, 400 actuals, 30 accounts, 8 contacts, and the awkward rows on top. Currencies,
 * organisational units, users, categories and F&O's set-up don't grow. Nothing is kept: rows are made while they are read.
 */
export function sampleCompany(options: CompanyOptions): Company {
  const shared = context(blueprint(options));
  return { psa: psaRows(shared), finops: finopsRows(shared) };
}
