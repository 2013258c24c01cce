import type { DestinationRow } from '@isthmus/core';
import { fieldOf, LEGAL_ENTITY, type Entity, type Field } from '../entities/index.js';

export interface BodyWriter {
  /** Everything that is given. An empty key field is left to its number sequence. */
  created(fields: DestinationRow, legalEntity: string | undefined): string;
  /** Without the key, which the address has. */
  updated(fields: DestinationRow): string;
}

interface Member {
  /** `"Name":` */
  readonly prefix: string;
  readonly write: Field['write'];
  readonly isKey: boolean;
}

/** Compiles bodies of one entity: what a field needs is looked up when it is first met, not for every row. */
export function bodyWriter(entity: Entity): BodyWriter {
  const members = new Map<string, Member>();

  function memberOf(name: string): Member {
    const { write } = fieldOf(entity, name);
    const isKey = name === LEGAL_ENTITY || entity.key.includes(name);
    const member = { prefix: `${JSON.stringify(name)}:`, write, isKey };
    members.set(name, member);
    return member;
  }

  return {
    created(fields, legalEntity) {
      let text = legalEntity === undefined ? '' : `"${LEGAL_ENTITY}":${JSON.stringify(legalEntity)}`;
      for (const name in fields) {
        if (name === LEGAL_ENTITY && legalEntity !== undefined) continue;
        const value = fields[name] ?? null;
        const member = members.get(name) ?? memberOf(name);
        const json = value === null && member.isKey ? undefined : member.write(value);
        if (json !== undefined) text += `${text && ','}${member.prefix}${json}`;
      }
      return `{${text}}`;
    },
    updated(fields) {
      let text = '';
      for (const name in fields) {
        const member = members.get(name) ?? memberOf(name);
        const json = member.isKey ? undefined : member.write(fields[name] ?? null);
        if (json !== undefined) text += `${text && ','}${member.prefix}${json}`;
      }
      return `{${text}}`;
    },
  };
}
