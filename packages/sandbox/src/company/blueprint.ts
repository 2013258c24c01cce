import type { CompanyOptions } from './types.js';

/** How many rows there are of each kind, the awkward ones not counted. */
export interface Blueprint {
  seed: number;
  accounts: number;
  contacts: number;
  orders: number;
  projects: number;
  /** Projects that have a contract. */
  contractedProjects: number;
  lines: number;
  milestones: number;
  tasks: number;
  /** The first of the contracted projects have a whole work breakdown structure. */
  plannedProjects: number;
  /** The first of the contracted projects have estimates and actuals. */
  workedProjects: number;
  /** Cost and sales of the same expense or time. */
  estimatePairs: number;
  actualPairs: number;
  costOnlyActuals: number;
}

/** Rows of a work breakdown structure (`psa/wbs.ts`). */
export const tasksPerProject = 15;

export function blueprint({ seed, scale }: CompanyOptions): Blueprint {
  const size = Math.min(Math.max(scale, 0.1), 10_000);
  const count = (atOne: number): number => Math.round(atOne * size);
  const plannedProjects = Math.floor(count(300) / tasksPerProject);
  return {
    seed,
    accounts: count(30),
    contacts: count(8),
    orders: count(40),
    projects: count(60),
    contractedProjects: count(60) - Math.floor(count(60) / 6),
    lines: count(100),
    milestones: count(60),
    tasks: count(300),
    plannedProjects,
    // Three is the least that has both a fixed-price and a time-and-material project.
    workedProjects: Math.max(plannedProjects, 3),
    estimatePairs: count(75),
    actualPairs: count(180),
    costOnlyActuals: count(40),
  };
}
