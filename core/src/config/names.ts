import type { IsthmusError } from '../errors/index.js';
import { nearest } from '../text/index.js';
import { printableName, quoteNode } from './describe.js';
import { configErrors, unknownName } from './errors.js';
import type { Faults } from './faults.js';
import { findTemplate, type InstalledPieces, type InstalledTemplate } from './installed.js';
import { entriesAt, nodeAt, textAt, type ConfigNode, type Path } from './node.js';
import { placeOf } from './place.js';

/**
 * What a schema cannot say: names that stand for something elsewhere in the document.
 *
 * @returns warnings
 */
export function checkNames(root: ConfigNode, { templates }: InstalledPieces, faults: Faults): IsthmusError[] {
  checkConnectionSets(root, faults);
  return entriesAt(root, ['integrations']).flatMap(([name]) => {
    const path = ['integrations', name];
    const template = findTemplate(textAt(root, [...path, 'template']), templates);
    checkConnectionSetOf(path, template, root, faults);
    return template ? checkOverrides([...path, 'overrides'], template, root, faults) : [];
  });
}

const keysAt = (root: ConfigNode, path: Path): string[] => entriesAt(root, path).map(([key]) => key);

function checkConnectionSets(root: ConfigNode, faults: Faults): void {
  const connections = keysAt(root, ['connections']);
  for (const set of keysAt(root, ['connectionSets'])) {
    const path = ['connectionSets', set];
    for (const role of keysAt(root, [...path, 'connections'])) {
      const at = [...path, 'connections', role];
      const name = textAt(root, at);
      if (name === undefined || connections.includes(name)) continue;
      const unknown = unknownName(printableName(nodeAt(root, at)), connections);
      faults.add(at, (occurrence) => configErrors.CONFIG_UNKNOWN_CONNECTION(unknown, occurrence));
    }
    checkTimeZone([...path, 'timeZone'], root, faults);
  }
}

function checkTimeZone(path: Path, root: ConfigNode, faults: Faults): void {
  const timeZone = textAt(root, path);
  if (timeZone === undefined || isTimeZone(timeZone)) return;
  faults.add(path, (at) =>
    configErrors.CONFIG_WRONG_VALUE(
      {
        got: quoteNode(nodeAt(root, path)),
        wanted: 'the IANA name of a time zone, such as Europe/Berlin',
        nearest: nearest(timeZone, ['UTC', ...Intl.supportedValuesOf('timeZone')]),
      },
      at,
    ),
  );
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function checkConnectionSetOf(
  integration: Path,
  template: InstalledTemplate | undefined,
  root: ConfigNode,
  faults: Faults,
): void {
  const path = [...integration, 'connectionSet'];
  const set = textAt(root, path);
  const sets = keysAt(root, ['connectionSets']);
  if (set === undefined) return;
  if (!sets.includes(set)) {
    const unknown = unknownName(printableName(nodeAt(root, path)), sets);
    faults.add(path, (at) => configErrors.CONFIG_UNKNOWN_CONNECTION_SET(unknown, at));
    return;
  }
  const filled = keysAt(root, ['connectionSets', set, 'connections']);
  for (const role of template?.roles.filter((needed) => !filled.includes(needed)) ?? []) {
    faults.add(['connectionSets', set, 'connections', role], (at) =>
      configErrors.CONFIG_MISSING_ROLE(
        { role, set, template: template?.name ?? '', nearest: nearest(role, filled) },
        at,
      ),
    );
  }
}

/** A field that the template lacks is a new one where the override says where its value comes from. */
function checkOverrides(path: Path, { tasks }: InstalledTemplate, root: ConfigNode, faults: Faults): IsthmusError[] {
  const warnings: IsthmusError[] = [];
  for (const { name: task, fields } of tasks) {
    const known = fields.map(({ name }) => name);
    for (const name of keysAt(root, [...path, task])) {
      if (known.includes(name)) continue;
      const at = [...path, task, name];
      const unknown = unknownName(name, known);
      const given = keysAt(root, at);
      if (!given.includes('from') && !given.includes('constant')) {
        faults.add(at, (occurrence) => configErrors.CONFIG_UNKNOWN_FIELD(unknown, occurrence), 'key');
      } else if (unknown.nearest) {
        const particulars = { name, nearest: unknown.nearest };
        warnings.push(configErrors.CONFIG_FIELD_ADDED(particulars, { place: placeOf(root, at, 'key') }));
      }
    }
  }
  return warnings;
}
