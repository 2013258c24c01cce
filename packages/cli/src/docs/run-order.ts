import type { RegisteredTemplate } from '@isthmus/core';
import { dependenciesOf, inRunOrder, type Dependency } from '@isthmus/sync';

interface Node {
  readonly template: RegisteredTemplate;
  readonly tasks: RegisteredTemplate['tasks'];
}

export interface Step extends Node {
  readonly after: readonly Dependency<Node>[];
}

/** The newest version of every template, in run order. */
export function stepsOf(templates: readonly RegisteredTemplate[]): Step[] {
  const newest = templates.filter(({ name }, i) => templates.findIndex((other) => other.name === name) === i);
  const nodes = newest.map((template): Node => ({ template, tasks: template.tasks }));
  return inRunOrder(nodes).map((node) => ({ ...node, after: dependenciesOf(node, nodes) }));
}

/** Other templates that come before one, and why, in words. */
export function templatesBefore(templates: readonly RegisteredTemplate[], { name }: RegisteredTemplate): string[] {
  const step = stepsOf(templates).find(({ template }) => template.name === name);
  return (step?.after ?? []).map(reasonOf);
}

export const reasonOf = ({ on: { template }, tasks }: Dependency<Node>): string =>
  tasks.length > 0
    ? `Template \`${template.name}\`, whose rows it refers to (${tasks.map((task) => `\`${task}\``).join(', ')})`
    : `Template \`${template.name}\` runs first, where it is configured`;

/** An arrow leads from what comes first; dotted where no lookup says so. */
export function chart(steps: readonly Step[]): string {
  const nodes = steps.map(({ template: { name, title } }) => `  ${name}["${title}"]`);
  const arrows = steps.flatMap(({ template, after }) =>
    after.map(({ on, tasks }) =>
      tasks.length > 0
        ? `  ${on.template.name} -->|${tasks.join(', ')}| ${template.name}`
        : `  ${on.template.name} -.-> ${template.name}`,
    ),
  );
  return ['flowchart TD', ...nodes, ...arrows].join('\n');
}
