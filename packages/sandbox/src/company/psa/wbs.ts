/** The work breakdown structure that every planned project has: five levels deep, parents before children. */
export interface WbsNode {
  /** Line tasks have no number of their own. */
  wbsId: string | null;
  subject: string;
  /** Row of the parent. */
  parent: number | null;
  kind: 'summary' | 'work' | 'milestone' | 'line';
}

const node = (wbsId: string | null, subject: string, parent: number | null, kind: WbsNode['kind']): WbsNode => ({
  wbsId,
  subject,
  parent,
  kind,
});

export const wbs: readonly [WbsNode, ...WbsNode[]] = [
  node('1', 'Prepare', null, 'summary'),
  node('1.1', 'Requirements', 0, 'summary'),
  node('1.1.1', 'Interviews', 1, 'summary'),
  node('1.1.1.1', 'Production', 2, 'summary'),
  node('1.1.1.1.1', 'Interview shift leaders', 3, 'work'),
  node('1.1.1.1.2', 'Interview maintenance', 3, 'work'),
  node('1.1.2', 'Write requirements', 1, 'work'),
  node('1.2', 'Plan the project', 0, 'work'),
  node('2', 'Deliver', null, 'summary'),
  node('2.1', 'Build', 8, 'work'),
  node('2.2', 'Test', 8, 'work'),
  node('3', 'Go live', null, 'milestone'),
  node(null, 'Interview shift leaders (Consultant)', 4, 'line'),
  node(null, 'Interview maintenance (Consultant)', 5, 'line'),
  node(null, 'Build (Developer)', 9, 'line'),
];

/** Rows that hours and expenses are booked on. */
export const workNodes = wbs.flatMap(({ kind }, row) => (kind === 'work' ? [row] : []));
