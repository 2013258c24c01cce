import { isUnchanged, plan, type PlanLine, type PlannedUnchanged, type PlanTotals } from '@isthmus/sync';
import type { Command } from 'commander';
import { positiveNumber } from '../arguments.js';
import { cancellable } from '../cancellation.js';
import { partFrom, withPart, type PartOptions } from '../choose-part.js';
import { EXIT } from '../exit.js';
import { examples } from '../help.js';
import { showProgress } from '../output/index.js';
import { markdownOf, Outline, printPlan, writesIn } from '../plan/index.js';
import type { Session } from '../session.js';
import { withWorkspace, type Workspace } from '../workspace.js';

interface PlanOptions extends PartOptions {
  readonly out?: string;
  readonly markdown?: boolean;
  readonly full?: boolean;
  readonly retry?: boolean;
  readonly limit?: number;
}

const SHOWN = 10;
const SHOWN_IN_REVIEW = 1000;

export function addPlan(program: Command, session: Session): void {
  withPart(program.command('plan').summary('show what a run would do, and write nothing'))
    .description(
      'Reads both systems, decides everything, and writes nothing: what would be created, updated field by field, ' +
        'deleted or kept back, and why. Ends with status 4 where there is something to write.',
    )
    .option('--out <file>', 'save the plan, for `isthmus apply`')
    .option('--markdown', 'print it as a document for a review')
    .option('--full', 'read everything, not only what has changed, and look at every row of the destination')
    .option('--retry', 'try quarantined records again')
    .option(
      '--limit <number>',
      `show at most so many records of a kind (default: ${SHOWN}; with --markdown ${SHOWN_IN_REVIEW})`,
      positiveNumber,
    )
    .addHelpText(
      'after',
      examples(
        ['isthmus plan', 'what the only integration would do'],
        ['isthmus plan contracts --out contracts.plan', 'save it; then `isthmus apply contracts.plan`'],
        ['isthmus plan --all --markdown > review.md', 'for whoever has to agree'],
        ['isthmus plan contracts --only PRJ-01049', 'what would become of one record'],
        ['isthmus plan contracts --json', 'one line of JSON for each record'],
      ),
    )
    .action((names: string[], options: PlanOptions) =>
      withWorkspace(session, async (workspace) => {
        const totals = await make(session, workspace, partFrom(workspace, names, options), options);
        session.exitCode = writesIn(totals) > 0 ? EXIT.changes : EXIT.done;
      }),
    );
}

async function make(
  { output }: Session,
  { configuration, host }: Workspace,
  part: ReturnType<typeof partFrom>,
  { full = false, retry = false, out: file, markdown = false, limit }: PlanOptions,
): Promise<PlanTotals['totals'][]> {
  const outline = new Outline(limit ?? (markdown ? SHOWN_IN_REVIEW : SHOWN));
  const show = (line: PlanLine | PlannedUnchanged): void => {
    if (output.json) output.printJson(line);
    else if (!isUnchanged(line)) outline.add(line);
  };
  const totals = await cancellable(output, async (signal) => {
    const endProgress = showProgress(host.events, output, true);
    try {
      return await plan(configuration, host, { ...part, full, retry, file, signal }, show);
    } finally {
      endProgress();
    }
  });
  if (markdown) output.print(markdownOf(outline.tasks));
  else printPlan(output, outline.tasks);
  if (file !== undefined && !output.json) output.note(`Saved in ${file}: \`isthmus apply ${file}\` carries it out.`);
  return totals;
}
