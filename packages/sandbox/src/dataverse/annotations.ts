import type { WriteMember } from '../odata/index.js';
import type { Column, Schema, StoredRow } from '../store/index.js';
import type { Call } from './call.js';
import { targetEntity, valueFormatter } from './formatted-values.js';

const FORMATTED = 'OData.Community.Display.V1.FormattedValue';
const LOGICAL_NAME = 'Microsoft.Dynamics.CRM.lookuplogicalname';
const NAVIGATION = 'Microsoft.Dynamics.CRM.associatednavigationproperty';

/** Tells of an annotation whether the client asks for it, by its name or by the beginning of it. */
export function askedAnnotations({ preferences }: Pick<Call, 'preferences'>): (name: string) => boolean {
  const patterns = (preferences.get('odata.include-annotations') ?? '').split(',').map((pattern) => pattern.trim());
  return (name) =>
    patterns.some((pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name));
}

/** What stands in front of a column's value where the client asks for it: its label, what it points at. */
export function annotationWriters(column: Column, schema: Schema, call: Call): WriteMember[] {
  const asked = askedAnnotations(call);
  const member = (name: string, text: (row: StoredRow) => string | undefined): WriteMember => {
    const start = `,${JSON.stringify(`${column.name}@${name}`)}:`;
    return (row) => {
      const value = text(row);
      return value === undefined ? '' : start + JSON.stringify(value);
    };
  };
  const members: WriteMember[] = [];
  const format = valueFormatter(column, schema, call);
  if (format && asked(FORMATTED)) members.push(member(FORMATTED, format));
  const { lookup, slot } = column;
  if (!lookup) return members;
  const ofTarget = (text: (entity: string) => string | undefined) => (row: StoredRow) =>
    row.values[slot] === null ? undefined : text(targetEntity(column, row));
  if (asked(NAVIGATION)) {
    const navigation = (name: string) => lookup.targets.find(({ entity }) => entity === name)?.navigation;
    members.push(member(NAVIGATION, ofTarget(navigation)));
  }
  if (asked(LOGICAL_NAME))
    members.push(
      member(
        LOGICAL_NAME,
        ofTarget((name) => name),
      ),
    );
  return members;
}
