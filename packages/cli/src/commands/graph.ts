import { Option, type Command } from 'commander';
import { chart, stepsOf, type Step } from '../docs/index.js';
import { examples } from '../help.js';
import type { Output } from '../output/index.js';
import type { Session } from '../session.js';
import { withInstallation } from '../workspace.js';

interface GraphOptions {
  readonly mermaid?: boolean;
}

export function addGraph(program: Command, session: Session): void {
  program
    .command('graph')
    .summary('show the order in which templates run')
    .description(
      'Shows the order in which the installed templates run. It follows from the lookups of their mappings and from what they say that they follow.',
    )
    .addOption(new Option('--mermaid', 'as a Mermaid flow chart'))
    .addHelpText(
      'after',
      examples(
        ['isthmus graph', 'what runs after what, and why'],
        ['isthmus graph --mermaid', 'a chart for a page of documentation'],
      ),
    )
    .action(({ mermaid = false }: GraphOptions) =>
      withInstallation(session, ({ host }) => {
        const steps = stepsOf(host.templates.list());
        session.output.printJson(
          steps.map(({ template, after }) => ({
            template: template.name,
            version: template.version,
            tasks: template.tasks.map(({ task }) => task),
            after: after.map(({ on, tasks }) => ({ template: on.template.name, tasks })),
          })),
        );
        session.output.print(mermaid ? chart(steps) : list(session.output, steps));
      }),
    );
}

function list(output: Output, steps: readonly Step[]): string {
  const { bold, dim } = output.styles;
  if (steps.length === 0) return 'No templates: the rc file lists no plugin that brings one.';
  const width = Math.max(...steps.map(({ template }) => template.name.length));
  return steps
    .map(({ template: { name, title }, after }, i) => {
      const reasons = after.map(
        ({ on, tasks }) => `${on.template.name}${tasks.length > 0 ? ` (${tasks.join(', ')})` : ''}`,
      );
      const why = reasons.length > 0 ? `\n    ${dim(`after ${reasons.join(', ')}`)}` : '';
      return `${String(i + 1).padStart(2)}. ${bold(name.padEnd(width))}  ${title}${why}`;
    })
    .join('\n');
}
