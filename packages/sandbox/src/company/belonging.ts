import { tasksPerProject, type Blueprint } from './blueprint.js';

/**
 * Which row belongs to which: arithmetic on indices, so that a child finds its parent, and a parent its children, without
 * either being stored. An index counts the rows of one table; a rank counts some of them (contracts among the orders).
 */

/** Every tenth order sells goods; the others are project contracts. */
export const isItemOrder = (order: number): boolean => order % 10 === 9;

const contracts = ({ orders }: Blueprint): number => orders - Math.floor(orders / 10);
const contractAt = (rank: number): number => rank + Math.floor(rank / 9);
const contractRank = (order: number): number => order - Math.floor(order / 10);

/** Every sixth project has no contract (presales, internal work). */
export const hasContract = (project: number): boolean => project % 6 !== 5;

export const contractedProject = (rank: number): number => rank + Math.floor(rank / 5);
const contractedRank = (project: number): number => project - Math.floor(project / 6);

export const contractOf = (plan: Blueprint, project: number): number =>
  contractAt(contractedRank(project) % contracts(plan));

/** Every third contracted project is billed at a fixed price, and all its contract lines with it. */
export const isFixedPrice = (project: number): boolean => hasContract(project) && contractedRank(project) % 3 === 2;

export const fixedPriceProject = (rank: number): number => contractedProject(3 * rank + 2);
export const timeAndMaterialProject = (rank: number): number => contractedProject(rank + Math.floor(rank / 2));

/** How many of the first contracted projects are billed either way. */
export const fixedPriceAmong = (contracted: number): number => Math.floor(contracted / 3);
export const timeAndMaterialAmong = (contracted: number): number => contracted - fixedPriceAmong(contracted);

export interface LinePlace {
  project: number;
  order: number;
  /** Number of the line within its contract, from 1. */
  sequence: number;
}

/** Lines are dealt out to the contracted projects, round after round. */
export function placeOfLine(plan: Blueprint, line: number): LinePlace {
  const round = Math.floor(line / plan.contractedProjects);
  const rank = line % plan.contractedProjects;
  const contract = rank % contracts(plan);
  const projectsOfContract = Math.floor((plan.contractedProjects - 1 - contract) / contracts(plan)) + 1;
  return {
    project: contractedProject(rank),
    order: contractAt(contract),
    sequence: round * projectsOfContract + Math.floor(rank / contracts(plan)) + 1,
  };
}

/** The line that a project got in the first round. */
export const firstLineOf = (project: number): number => contractedRank(project);

export function* linesOf(plan: Blueprint, order: number): Iterable<number> {
  if (isItemOrder(order)) return;
  for (let round = 0; round < plan.lines; round += plan.contractedProjects) {
    for (let rank = contractRank(order); rank < plan.contractedProjects; rank += contracts(plan)) {
      if (round + rank < plan.lines) yield round + rank;
    }
  }
}

export interface MilestonePlace {
  line: number;
  /** Number of the milestone within its line, from 1. */
  sequence: number;
  /** Milestones that the line has. */
  of: number;
}

/** Milestones are dealt out to the fixed-price lines, round after round. */
export function placeOfMilestone(plan: Blueprint, milestone: number): MilestonePlace {
  const perRound = fixedPriceAmong(plan.contractedProjects);
  const lines =
    Math.floor(plan.lines / plan.contractedProjects) * perRound + fixedPriceAmong(plan.lines % plan.contractedProjects);
  const rank = milestone % lines;
  return {
    line: Math.floor(rank / perRound) * plan.contractedProjects + 3 * (rank % perRound) + 2,
    sequence: Math.floor(milestone / lines) + 1,
    of: Math.floor((plan.milestones - 1 - rank) / lines) + 1,
  };
}

export interface TaskPlace {
  project: number;
  /** Row of the work breakdown structure. */
  node: number;
}

export const placeOfTask = (task: number): TaskPlace => ({
  project: contractedProject(Math.floor(task / tasksPerProject)),
  node: task % tasksPerProject,
});

/** Undefined where the project has no work breakdown structure. */
export function taskOf(plan: Blueprint, project: number, node: number): number | undefined {
  const rank = contractedRank(project);
  return rank < plan.plannedProjects ? rank * tasksPerProject + node : undefined;
}
