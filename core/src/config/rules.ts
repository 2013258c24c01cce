import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { parametersOf } from '../parameters/index.js';
import type { SecretVault } from '../secrets/index.js';
import { quoteNode } from './describe.js';
import { configErrors } from './errors.js';
import type { Faults } from './faults.js';
import { childOf, nodeAt, plainOf, type ConfigNode, type Path } from './node.js';
import type { Section } from './sections.js';

interface Context {
  readonly root: ConfigNode;
  readonly faults: Faults;
  readonly vault: SecretVault;
}

/**
 * The section as an instance of its parameter class, defaults filled in, and judged by class-validator itself, so that
 * every rule means exactly what its author knows it to mean.
 */
export function instantiate({ path, parameters }: Section, context: Context): object {
  const node = nodeAt(context.root, path);
  const given = parametersOf(parameters).flatMap(({ name }) => {
    const value = childOf(node, name);
    return value ? [[name, plainOf(value)] as const] : [];
  });
  const instance = plainToInstance(parameters, Object.fromEntries(given));
  for (const error of validateSync(instance, { forbidUnknownValues: false })) report(error, path, context);
  return instance;
}

function report({ property, constraints, children = [] }: ValidationError, above: Path, context: Context): void {
  const { root, faults, vault } = context;
  const isItem = nodeAt(root, above)?.kind === 'list';
  const path = [...above, isItem ? Number(property) : property];
  if (constraints) {
    const got = quoteNode(nodeAt(root, path));
    const rule = vault.redact(Object.values(constraints).join(', and '));
    faults.add(path, (at) => configErrors.CONFIG_RULE({ got, rule }, at));
  }
  for (const child of children) report(child, path, context);
}
