import type { Condition } from '../filter/index.js';
import type { IsthmusError } from '../errors/index.js';
import type { DestinationRow, SourceRow, Value } from '../values/index.js';

/**
 * One configured system of records. Everything that the engine needs of a system, and nothing that only one
 * kind of system has.
 *
 * Entities are named as templates name them; fields as they go over the wire. A path with dots follows lookups:
 * `transactioncurrencyid.isocurrencycode`. How a lookup is followed (join or a second batched read) is the connector's
 * own affair.
 */
export interface Connector {
  /** Which system this is. What is remembered of one system says nothing of another one. */
  readonly identity: string;

  /** What the metadata of the live system says. Entities that do not exist are missing from the answer. */
  describe(entities: readonly string[]): Promise<Map<string, EntityDescription>>;

  /**
   * Asks the live system for its metadata, unless this connector has done so before: `describe` may answer from what an
   * earlier process has kept.
   *
   * @returns whether the system was asked
   */
  refresh(): Promise<boolean>;

  /** Rows in pages; memory is bounded by the page. */
  read(query: ReadQuery): AsyncIterable<Page>;

  /**
   * Rows of `entity` whose key fields have the given values; keys that find nothing are missing from the answer.
   *
   * @returns by `keyText` of the key asked for
   */
  find(query: FindQuery): Promise<Map<string, SourceRow>>;

  /**
   * How many rows there are.
   *
   * @param filter all must hold, as far as the system can test it by itself: there may be fewer rows than said
   */
  count(entity: string, legalEntity?: string, filter?: readonly Condition[]): Promise<number>;

  /** Whether there is no row at all: asked for one, where counting them all would cost the system a scan. */
  isEmpty(entity: string, legalEntity?: string): Promise<boolean>;

  /**
   * How many operations `write` should be brought at once where a task has so many rows; undefined where it does not
   * matter. Systems that take any number alike do not have it.
   */
  batchFor?(entity: string, rows: number): number | undefined;

  /** Writes one batch; one outcome per operation, in order. Throws only where nothing at all can be said of any of them. */
  write(batch: WriteBatch): Promise<WriteOutcome[]>;

  /** Requests that writing so many operations of one batch takes, where none is refused. */
  writeRequests(operations: number): number;

  /**
   * Has the system do something with rows that it holds already, such as posting a journal. Systems that offer no such
   * actions do not have it.
   *
   * @returns what the action returns, for most of them a text for people
   * @throws where the system refuses, with the reason that it gives
   */
  invoke?(call: ActionCall): Promise<Value>;

  /** Reachability, credentials, clock: what `doctor` and the start of a run ask first. */
  check(): Promise<HealthCheck[]>;

  close(): Promise<void>;
}

export interface EntityDescription {
  /** Name as templates write it. */
  readonly entity: string;
  /** Name on the wire, for example the public collection. */
  readonly set: string;
  readonly key: readonly string[];
  /** Rows belong to a legal entity, whose id is part of the key. */
  readonly perLegalEntity: boolean;
  /** The system can say what changed since a token. */
  readonly changeTracking: boolean;
  readonly fields: ReadonlyMap<string, FieldDescription>;
  /** Lookups that can be followed: name as used in paths → entities they may point at. */
  readonly lookups: ReadonlyMap<string, readonly string[]>;
}

export type FieldType = 'text' | 'decimal' | 'integer' | 'boolean' | 'date' | 'dateTime' | 'guid' | 'enum';

export interface FieldDescription {
  readonly name: string;
  readonly type: FieldType;
  /** Characters, where the system says. */
  readonly maxLength?: number;
  /** Must be given on create. */
  readonly required: boolean;
  readonly readOnly: boolean;
  /** What the system holds after null is written, where it knows no null of this type; null itself unless given. */
  readonly whenNull?: 'zero' | 'kept';
  /** Allowed symbols of an enum. */
  readonly members?: readonly string[];
  /** Days are carried as noon, UTC, of that day. Unless given, a moment's day is that of the connection set's time zone. */
  readonly dayAt?: 'noon';
}

export interface ReadQuery {
  readonly entity: string;
  /** Paths that the mapping needs; exactly these are asked for. */
  readonly paths: readonly string[];
  /** All must hold. A connector that can't have the server test them tests them itself only if `read` says so in `filtered`. */
  readonly filter: readonly Condition[];
  /** Read one legal entity only, where rows belong to one. */
  readonly legalEntity?: string;
  /** Ask for a token with which the next read returns changes only. Ignored where the system can't. */
  readonly trackChanges?: boolean;
  /** Token of an earlier read: return what has changed since. */
  readonly changesSince?: string;
  readonly signal?: AbortSignal;
}

export interface Page {
  readonly rows: readonly SourceRow[];
  /** Primary keys of rows that were deleted since the token. */
  readonly deleted: readonly string[];
  /** The server has applied the filter; otherwise the reader of the page must. */
  readonly filtered: boolean;
  /** On the last page, where changes are tracked: the token for next time. */
  readonly token?: string;
  /** The token had expired and this is a full read instead. Set on the first page. */
  readonly restarted?: boolean;
}

export interface FindQuery {
  readonly entity: string;
  /** Key fields without the legal entity. */
  readonly key: readonly string[];
  /** Values in the order of `key`. */
  readonly values: readonly (readonly Value[])[];
  readonly legalEntity?: string;
  /** Fields wanted. */
  readonly fields: readonly string[];
}

/** The text under which `find` files an answer, and under which cross-references know a row. Case-folded: both systems compare so. */
export const keyText = (values: readonly Value[]): string =>
  values.map((value) => String(value ?? '').toLowerCase()).join('\u001f');

export interface WriteOperation {
  readonly kind: 'create' | 'update' | 'delete';
  readonly legalEntity?: string;
  /** Key fields (without the legal entity) and their values. */
  readonly key: DestinationRow;
  /** Fields to write, key fields included on create. Empty on delete. */
  readonly fields: DestinationRow;
}

export interface WriteBatch {
  readonly entity: string;
  readonly operations: readonly WriteOperation[];
  readonly signal?: AbortSignal;
}

export type WriteOutcome =
  | { readonly ok: true; readonly row?: SourceRow }
  | {
      readonly ok: false;
      readonly error: IsthmusError;
      /** The record is not to blame: the system put it off, or nothing was said of it. */
      readonly systemic?: boolean;
    };

/** An action that is bound to an entity: to one of its rows where `key` is given, otherwise to all of them. */
export interface ActionCall {
  readonly entity: string;
  readonly action: string;
  readonly legalEntity?: string;
  /** Key fields (without the legal entity) and their values. */
  readonly key?: DestinationRow;
  readonly parameters?: DestinationRow;
  readonly signal?: AbortSignal;
}

export interface HealthCheck {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly message: string;
  readonly remedy?: string;
}
