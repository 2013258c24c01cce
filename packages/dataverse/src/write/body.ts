import type { DestinationRow, Value } from '@isthmus/core';
import { fieldOf, type Entity } from '../entities/index.js';
import { bindingOf } from './bind.js';

/** Members of a JSON object, without the braces. */
export type MembersWriter = (fields: DestinationRow, without?: DestinationRow) => string;

type MemberWriter = (value: Value) => string;

/**
 * Compiles bodies of one entity: what a field needs is looked up when it is first met, not for every row.
 *
 * The writer takes the fields, without those of the second row: key fields of a row that is addressed by them.
 */
export function membersWriter(entity: Entity): MembersWriter {
  const writers = new Map<string, MemberWriter>();
  return (fields, without) => {
    let text = '';
    for (const name in fields) {
      if (without && name in without) continue;
      let write = writers.get(name);
      if (!write) {
        write = memberWriter(entity, name);
        writers.set(name, write);
      }
      text += `${text && ','}${write(fields[name] ?? null)}`;
    }
    return text;
  };
}

function memberWriter(entity: Entity, name: string): MemberWriter {
  const field = fieldOf(entity, name);
  if (!field.isLookup) {
    const prefix = `${JSON.stringify(name)}:`;
    return (value) => prefix + field.write(value);
  }
  const { navigation, address } = bindingOf(entity, name);
  const prefix = `${JSON.stringify(`${navigation}@odata.bind`)}:`;
  return (value) => prefix + JSON.stringify(address(value));
}
