import { configurationSchema, effectiveConfiguration, type ConfigurationDocument } from '@isthmus/core';
import type { Command } from 'commander';
import { examples } from '../help.js';
import type { Output } from '../output/index.js';
import type { Session } from '../session.js';
import { findDocument, withInstallation, withWorkspace } from '../workspace.js';

export function addConfig(program: Command, session: Session): void {
  const config = program
    .command('config')
    .summary('check, print or describe the rc file')
    .description('Checks, prints or describes the rc file.')
    .addHelpText(
      'after',
      examples(
        ['isthmus config check', 'every fault of the rc file at once'],
        ['isthmus config schema > isthmus.schema.json', 'for editors'],
      ),
    );
  config
    .command('check')
    .description('Checks the rc file and reports every fault at once.')
    .action(() =>
      withWorkspace(session, async ({ configuration: { file, warnings } }) => {
        session.output.printJson({ file, valid: true, warnings });
        session.output.print(`${file} is valid.`);
      }),
    );
  config
    .command('print')
    .description('Prints the configuration in force: bases merged, defaults filled in, secrets masked.')
    .action(() =>
      withWorkspace(session, async ({ configuration }) =>
        printDocument(session.output, effectiveConfiguration(configuration)),
      ),
    );
  config
    .command('schema')
    .description('Prints the JSON Schema of the rc file, as the installed plugins make it.')
    .action(() =>
      withInstallation(session, ({ installed }) => printDocument(session.output, configurationSchema(installed))),
    );
  config
    .command('where')
    .description('Prints which file is used, which files it extends, and which are ignored.')
    .action(async () => where(session.output, await findDocument(session)));
}

/** A document that is JSON either way: indented for people, on one line for scripts. */
function printDocument(output: Output, document: unknown): void {
  output.printJson(document);
  output.print(JSON.stringify(document, null, 2));
}

function where(output: Output, { file, shadowed, root }: ConfigurationDocument): void {
  const bases = [...filesOf(root)].filter((base) => base !== file);
  output.printJson({ file, extends: bases, shadowed });
  output.print(file);
  for (const base of bases) output.print(`  extends ${base}`);
  for (const other of shadowed) output.print(`  ignored: ${other}`);
}

/** The files that the values come from. */
function filesOf(node: ConfigurationDocument['root']): Set<string> {
  const inside = node.kind === 'map' ? [...node.entries.values()] : node.kind === 'list' ? node.items : [];
  return new Set([node.at.file, ...inside.flatMap((child) => [...filesOf(child)])]);
}
