import { CONNECTORS } from '@isthmus/core';
import type { Command } from 'commander';
import { templatesBefore } from '../docs/index.js';
import { examples } from '../help.js';
import { table, type Output } from '../output/index.js';
import type { Session } from '../session.js';
import { describeTemplate, remarks, type FieldView, type TaskView, type TemplateView } from '../template-view.js';
import { withInstallation } from '../workspace.js';

export function addTemplates(program: Command, session: Session): void {
  const templates = program
    .command('templates')
    .summary('list what can be integrated, or show a template')
    .description('Lists the templates of the installed plugins.')
    .addHelpText(
      'after',
      examples(
        ['isthmus templates', 'what the plugins of the rc file bring'],
        ['isthmus templates show projects-and-contracts@1', 'every task and field of one'],
      ),
    )
    .action(() => withInstallation(session, ({ host }) => list(session.output, host.templates.list())));
  templates
    .command('show')
    .summary('show the tasks and fields of a template')
    .description(
      'Shows parameters, tasks and every field of a template, named as on the wire, parameters at their defaults.',
    )
    .argument('<name>', 'a template’s name, for its newest version, or name@version')
    .action((name: string) =>
      withInstallation(session, ({ host }) => {
        const template = host.templates.get(name);
        const view = describeTemplate(template, host.container.resolveAll(CONNECTORS));
        session.output.printJson(view);
        show(session.output, view, templatesBefore(host.templates.list(), template));
      }),
    );
}

interface Listed {
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly plugin: string;
  readonly direction: { readonly from: string; readonly to: string };
}

function list(output: Output, templates: readonly Listed[]): void {
  const { bold, dim } = output.styles;
  output.printJson(
    templates.map(({ name, version, title, plugin, direction: { from, to } }) => ({
      name,
      version,
      title,
      plugin,
      direction: { from, to },
    })),
  );
  if (templates.length === 0) return output.print('No templates: the rc file lists no plugin that brings one.');
  output.print(
    table<Listed>(
      [
        { title: 'template', value: ({ name, version }) => bold(`${name}@${version}`) },
        { title: 'title', value: ({ title }) => title },
        { title: 'direction', value: ({ direction: { from, to } }) => `${from} → ${to}` },
        { title: 'plugin', value: ({ plugin }) => dim(plugin) },
      ],
      templates,
      dim,
    ),
  );
}

function show(
  output: Output,
  { name, version, title, direction, parameters, prerequisites: checks, tasks }: TemplateView,
  before: readonly string[],
): void {
  const { bold, dim } = output.styles;
  output.print(`${bold(`${name}@${version}`)}  ${title}  ${dim(`${direction.from} → ${direction.to}`)}`);
  const prerequisites = [...before, ...checks];
  if (prerequisites.length > 0) output.print(`\n${bold('Prerequisites')}`);
  for (const prerequisite of prerequisites) output.print(`  ${prerequisite}`);
  if (parameters.length > 0) output.print(`\n${bold('Parameters')}`);
  for (const { name: parameter, doc, default: value } of parameters) {
    output.print(`  ${parameter}  ${dim(`default ${JSON.stringify(value)}`)}\n    ${doc}`);
  }
  for (const task of tasks) showTask(output, task);
}

function showTask(output: Output, task: TaskView): void {
  const { name, title, source, destination, filter, narrowedBy, legalEntityBy, fields } = task;
  const { bold, dim } = output.styles;
  output.print(`\n${bold(name)}  ${title}  ${dim(`${source} → ${destination}`)}`);
  if (filter) output.print(`  only where ${filter}`);
  for (const { path, parameter } of narrowedBy)
    output.print(`  only where ${path} is one of the parameter ${parameter}`);
  if (legalEntityBy) output.print(`  legal entity by ${legalEntityBy}`);
  const rows = table<FieldView>(
    [
      { title: 'source', value: (field) => field.source ?? dim(JSON.stringify(field.value ?? null)) },
      { title: 'destination', value: (field) => (field.key ? bold(field.destination) : field.destination) },
      { title: 'kind', value: ({ kind }) => kind },
      { title: '', value: remarks },
    ],
    fields,
    dim,
  );
  output.print(rows.replace(/^/gm, '  '));
}
