import type { EntityType, NavigationProperty } from '@isthmus/odata';

/** A lookup, as far as it points at one table. A polymorphic lookup is several of these. */
export interface LookupColumn {
  /** Logical name: `customerid`. */
  readonly attribute: string;
  /** Where its raw id is read: `_customerid_value`. */
  readonly column: string;
  /** Navigation property, in its exact spelling: `customerid_account`. */
  readonly navigation: string;
  /** Qualified name of the type that it points at. */
  readonly target: string;
}

const PREFIX = '_';
const SUFFIX = '_value';

/** Navigation properties to one row whose constraint names the column that holds the id. */
export function lookupColumnsOf(type: EntityType): LookupColumn[] {
  return [...type.navigation.values()].flatMap((navigation) => {
    const column = navigation.collection ? undefined : columnOf(type, navigation);
    if (column === undefined) return [];
    const attribute = column.slice(PREFIX.length, -SUFFIX.length);
    return [{ attribute, column, navigation: navigation.name, target: navigation.target }];
  });
}

function columnOf(type: EntityType, { name, constraints }: NavigationProperty): string | undefined {
  const candidates = [...constraints.map(({ property }) => property), PREFIX + name.toLowerCase() + SUFFIX];
  return candidates.find((candidate) => candidate.endsWith(SUFFIX) && type.properties.has(candidate));
}
