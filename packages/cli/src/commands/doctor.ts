import type { Command } from 'commander';
import { examine, type ExamineOptions, type Finding } from '../doctor/index.js';
import { EXIT } from '../exit.js';
import { examples } from '../help.js';
import { counted, type Output } from '../output/index.js';
import type { Session } from '../session.js';

export function addDoctor(program: Command, session: Session): void {
  program
    .command('doctor')
    .summary('check everything that a run needs')
    .description(
      'Checks versions, plugins, the rc file, the store, both systems, every mapped field and the prerequisites of the templates. Writes to neither system.',
    )
    .option('--fresh', 'asks both systems for their metadata, which is otherwise kept for an hour')
    .addHelpText(
      'after',
      examples(
        ['isthmus doctor', 'every check with its remedy'],
        ['isthmus doctor --fresh', 'after fields have been added to a system'],
      ),
    )
    .action(async (options: ExamineOptions) => {
      const findings: Finding[] = [];
      for await (const finding of examine(session, options)) {
        if (finding.section !== findings.at(-1)?.section)
          session.output.print(session.output.styles.bold(finding.section));
        show(session.output, finding);
        findings.push(finding);
      }
      session.output.printJson(findings);
      summarise(session.output, findings);
      if (findings.some(({ status }) => status === 'failed')) session.exitCode = EXIT.failed;
    });
}

function show(output: Output, { name, status, message, remedy }: Finding): void {
  const { dim, green, red, yellow } = output.styles;
  const accent = { ok: green, warning: yellow, failed: red }[status];
  output.print(`  ${accent(status.padEnd(7))}  ${name}  ${message}`);
  if (remedy) output.print(dim(`           remedy: ${remedy}`));
}

function summarise(output: Output, findings: readonly Finding[]): void {
  const failed = findings.filter(({ status }) => status === 'failed').length;
  const warnings = findings.filter(({ status }) => status === 'warning').length;
  output.print(`\n${counted(findings.length, 'check')}, ${failed} failed, ${counted(warnings, 'warning')}.`);
}
