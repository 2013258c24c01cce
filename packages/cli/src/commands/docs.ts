import { CONNECTORS } from '@isthmus/core';
import type { Command } from 'commander';
import { stepsOf, templateDocument, writeBetween } from '../docs/index.js';
import { examples } from '../help.js';
import type { Session } from '../session.js';
import { withInstallation } from '../workspace.js';

interface TemplatesOptions {
  readonly plugin?: string;
  readonly into?: string;
}

export function addDocs(program: Command, session: Session): void {
  const docs = program
    .command('docs')
    .summary('write documentation from what is installed')
    .description('Writes documentation from what is installed, so that it says what the code does.');
  docs
    .command('templates')
    .summary('write a page about the templates')
    .description(
      'Writes Markdown about the installed templates: prerequisites, parameters, filters, every field, and a diagram.',
    )
    .option('--plugin <name>', 'only the templates of this plugin')
    .option('--into <file>', 'between the markers of a file, instead of printing it')
    .addHelpText(
      'after',
      examples(
        ['isthmus docs templates > templates.md', 'a page about all of them'],
        ['isthmus docs templates --plugin @isthmus/plugin-tasks --into README.md', 'part of a plugin’s README'],
      ),
    )
    .action(({ plugin, into }: TemplatesOptions) =>
      withInstallation(session, ({ host }) => {
        const kinds = host.container.resolveAll(CONNECTORS);
        const steps = stepsOf(host.templates.list()).filter(({ template }) => !plugin || template.plugin === plugin);
        const text = steps.map((step) => templateDocument(step, kinds)).join('\n\n');
        if (into === undefined) return session.output.printText(text);
        writeBetween(into, text);
        session.output.print(`Written to ${into}.`);
        session.output.printJson({ file: into, templates: steps.map(({ template }) => template.name) });
      }),
    );
}
