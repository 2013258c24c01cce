import type { Configuration, Connector } from '@isthmus/core';
import type { SettingChange } from '@isthmus/project-accounting';
import { Connections } from '@isthmus/sync';
import { cliErrors } from './errors.js';
import type { Session } from './session.js';
import { withStore } from './workspace.js';

const KIND = 'finops';

/** A legal entity of the organisation mapping, and the connection to where it is. */
export interface LegalEntityAt {
  readonly id: string;
  readonly finops: Connector;
}

type Note = (changes: readonly SettingChange[]) => Promise<void>;

/**
 * Opens the F&O connections of all connection sets.
 *
 * @param only ids, in any case; all unless given
 */
export const withLegalEntities = (
  session: Session,
  only: readonly string[] | undefined,
  work: (places: readonly LegalEntityAt[], note: Note) => Promise<void>,
): Promise<void> =>
  withStore(session, async (store, { configuration, host }) => {
    const connections = new Connections(configuration, host);
    try {
      const places = chosen(configuration, only).map(({ id, connection }) => ({
        id,
        finops: connections.get(connection),
      }));
      await work(places, async (changes) => {
        await store.audit.append({
          action: 'parameters.changed',
          subject: 'integration parameters',
          details: { changes },
        });
      });
    } finally {
      await connections.close();
    }
  });

interface Mapped {
  readonly id: string;
  readonly connection: string;
}

function chosen(configuration: Configuration, only: readonly string[] | undefined): Mapped[] {
  const all = mapped(configuration);
  const known = all.map(({ id }) => id).join(', ');
  if (all.length === 0) throw cliErrors.CLI_LEGAL_ENTITY_NONE();
  if (only === undefined) return all;
  const wanted = new Set(only.map((id) => id.toLowerCase()));
  const unknown = [...wanted].find((id) => all.every((each) => each.id.toLowerCase() !== id));
  if (unknown !== undefined) throw cliErrors.CLI_LEGAL_ENTITY_UNKNOWN({ legalEntity: unknown, known });
  return all.filter(({ id }) => wanted.has(id.toLowerCase()));
}

/** Each once, in the order of the rc file. */
function mapped({ connectionSets, connections }: Configuration): Mapped[] {
  const found = new Map<string, Mapped>();
  for (const set of connectionSets.values()) {
    const connection = [...set.connections.values()].find((name) => connections.get(name)?.kind === KIND);
    for (const id of set.organizations.values()) {
      if (id !== null && connection !== undefined) found.set(`${connection} ${id.toLowerCase()}`, { id, connection });
    }
  }
  return [...found.values()];
}
