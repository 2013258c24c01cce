import type { ConnectorFactory } from '@isthmus/core';
import { describeTemplate, remarks, type TaskView, type TemplateView } from '../template-view.js';
import { reasonOf, type Step } from './run-order.js';

/** A template as a section of Markdown: what comes first, parameters, and every task with its fields. */
export function templateDocument({ template, after }: Step, kinds: readonly ConnectorFactory[]): string {
  const view = describeTemplate(template, kinds);
  const { name, version, title, tasks } = view;
  return [
    `## ${title}: \`${name}@${version}\``,
    diagram(view),
    prerequisites(view, after),
    parameters(view),
    ...tasks.map(taskSection),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Entities from left to right; an arrow between two destinations where the one refers to the other. */
function diagram({ tasks }: TemplateView): string {
  const names = new Set(tasks.map(({ name }) => name));
  const flows = tasks.map(({ name, source, entity }) => `  ${name}-from[(${source})] --> ${name}[(${entity})]`);
  const references = tasks.flatMap(({ name, fields }) => {
    const referred = new Set(fields.flatMap(({ refersTo }) => (refersTo === undefined ? [] : [refersTo])));
    return [...referred].map((other) => `  ${name} -.-> ${names.has(other) ? other : `${other}[(${other})]`}`);
  });
  return ['```mermaid', 'flowchart LR', ...flows, ...references, '```'].join('\n');
}

function prerequisites({ prerequisites: checks }: TemplateView, after: Step['after']): string {
  const lines = [...after.map(reasonOf), ...checks].map((line) => `- ${line}`);
  return lines.length > 0 ? ['### Prerequisites', '', ...lines].join('\n') : '';
}

function parameters({ parameters: declared }: TemplateView): string {
  if (declared.length === 0) return '';
  const rows = declared.map(({ name, default: value, doc }) => [code(name), code(JSON.stringify(value)), doc]);
  return ['### Parameters', '', ...table(['name', 'default', ''], rows)].join('\n');
}

function taskSection({ name, title, source, entity, filter, narrowedBy, legalEntityBy, fields }: TaskView): string {
  const rows = fields.map((field) => [
    field.source === null ? code(JSON.stringify(field.value ?? null)) : code(field.source),
    code(field.destination),
    field.kind,
    remarks(field),
  ]);
  return [
    `### ${title}: task \`${name}\``,
    '',
    `\`${source}\` → \`${entity}\``,
    '',
    ...(filter ? [`- only where \`${filter}\``] : []),
    ...narrowedBy.map(
      ({ path, parameter }) => `- only where \`${path}\` is one of the parameter \`${parameter}\`, if given`,
    ),
    `- legal entity: ${legalEntityBy ? `by \`${legalEntityBy}\`` : 'none'}`,
    '',
    ...table(['source', 'destination', 'kind', ''], rows),
  ].join('\n');
}

const code = (text: string): string => `\`${text}\``;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`);

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
