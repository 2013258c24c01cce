import { randomUUID } from 'node:crypto';
import { keyText, type ConnectorServices, type Value, type WriteOperation, type WriteOutcome } from '@isthmus/core';
import type { ODataClient } from '@isthmus/odata';
import { fieldOf, LEGAL_ENTITY, type Entity } from '../entities/index.js';
import { errors } from '../errors.js';
import { PackageApi } from './api.js';
import { awaitImport, startImport, type Patience } from './await-import.js';
import { cellOf } from './cell.js';
import { INTEGRATION_LABELS } from './labels.js';
import type { DataPackageOptions } from './options.js';
import { packageFile } from './package-file.js';
import { PackageStorage } from './storage.js';

/** A batch holds several legal entities; fewer rows of one than this part of a package are not worth one. */
const SMALLEST_PART = 0.1;

/** How often error files are read that name too few rows. */
const READINGS = 3;

/** Passes by itself: nothing is wrong with the package. */
const DEADLOCK = /\bDMF1996\b/;

/** Writes operations one by one, in batches. */
export type WriteSingly = (operations: readonly WriteOperation[]) => Promise<WriteOutcome[]>;

/** Creates rows by the thousand, in data packages; what a package refuses is written singly, which tells the reason. */
export class PackageWriter {
  private readonly storage: PackageStorage;
  private readonly api: PackageApi;
  private readonly patience: Patience;
  /** Imports of one data project must not overlap. */
  private before: Promise<unknown> = Promise.resolve();
  private readonly settled = new Map<string, Promise<void>>();

  constructor(
    client: ODataClient,
    private readonly options: DataPackageOptions,
    private readonly services: ConnectorServices,
  ) {
    this.storage = new PackageStorage(services.clock);
    this.api = new PackageApi(client, this.storage, services.clock);
    this.patience = { clock: services.clock, patienceMs: options.patience * 60_000 };
  }

  /** Rows of one batch for a task that reads so many; undefined where it goes without packages. */
  batchFor(entity: string, rows: number): number | undefined {
    return rows >= this.options.fromRows && this.labelOf(entity) !== undefined ? this.options.rows : undefined;
  }

  /** Imports that an earlier run has left under way come to their end before anybody looks at the rows. */
  ready(entity: string): Promise<void> {
    const ready = this.settled.get(entity) ?? this.unlessFailed(entity, this.settle(entity));
    this.settled.set(entity, ready);
    return ready;
  }

  /** A look that failed is done again the next time. */
  private unlessFailed(entity: string, work: Promise<void>): Promise<void> {
    return work.catch((thrown: unknown) => {
      this.settled.delete(entity);
      throw thrown;
    });
  }

  async write(entity: Entity, operations: readonly WriteOperation[], singly: WriteSingly): Promise<WriteOutcome[]> {
    const label = this.labelOf(entity.name);
    const outcomes = new Map<WriteOperation, WriteOutcome>();
    if (label !== undefined) {
      for (const group of groupsOf(entity, operations)) {
        if (group.length < SMALLEST_PART * this.options.rows) continue;
        const sent = await this.inTurn(() => this.send(entity, label, group, singly)).catch((thrown: unknown) => {
          // Its import may go on: before anybody looks at the rows again, it is waited for.
          this.settled.delete(entity.name);
          throw thrown;
        });
        group.forEach((operation, i) => outcomes.set(operation, sent[i] ?? unanswered(entity)));
      }
    }
    const rest = operations.filter((operation) => !outcomes.has(operation));
    if (rest.length > 0) {
      const written = await singly(rest);
      rest.forEach((operation, i) => outcomes.set(operation, written[i] ?? unanswered(entity)));
    }
    return operations.map((operation) => outcomes.get(operation) ?? unanswered(entity));
  }

  /** @returns an outcome for each operation, which all have the same fields and legal entity */
  private async send(
    entity: Entity,
    label: string,
    operations: readonly WriteOperation[],
    singly: WriteSingly,
  ): Promise<WriteOutcome[]> {
    const { api } = this;
    const [first] = operations;
    const legalEntity = first?.legalEntity?.toUpperCase() ?? '';
    const fields = Object.keys(first?.fields ?? {}).filter((name) => name !== LEGAL_ENTITY);
    const codecs = fields.map((name) => fieldOf(entity, name));
    const executionId = `isthmus-${randomUUID()}`;
    const group = groupName(entity.name);
    const message = `${operations.length} rows of ${entity.name} go in a data package (execution ${executionId}).`;
    this.services.events.emit('notice', { message });

    const url = await api.writeUrl(`${executionId}.zip`);
    const rows = operations.map(({ fields: values }) =>
      codecs.map((field) => cellOf(field, values[field.name] ?? null)),
    );
    const columns = fields.map((name) => name.toUpperCase());
    await this.storage.put(url, packageFile({ group, label, columns, rows }));
    await startImport(() => api.import({ url, group, executionId, legalEntity }));
    const status = await awaitImport(api, executionId, this.patience);
    if (status === undefined) throw errors.FINOPS_PACKAGE_LOST({ executionId });
    if (status === 'Canceled') throw stopped(entity, executionId, 'it was canceled.');
    const written = await api.written(executionId);
    const refused =
      status === 'Succeeded'
        ? new Set<WriteOperation>()
        : await this.refusedOf(entity, label, executionId, operations, written);
    const others = outcomeOf(entity, executionId, operations.length - refused.size, written);
    const answers = (refused.size > 0 ? await singly([...refused]) : []).values();
    return operations.map((operation) =>
      refused.has(operation) ? (answers.next().value ?? unanswered(entity)) : others,
    );
  }

  /** The operations that the error files name. A file that came cut off names fewer than the service has left out. */
  private async refusedOf(
    entity: Entity,
    label: string,
    executionId: string,
    operations: readonly WriteOperation[],
    written: number,
  ): Promise<Set<WriteOperation>> {
    for (let attempt = 1; ; attempt++) {
      const keys = await this.refusedKeys(entity, label, executionId);
      const refused = new Set(operations.filter(({ key }) => keys.has(keyOf(entity, key))));
      if (refused.size + written >= operations.length) return refused;
      if (attempt < READINGS) continue;
      if (written > 0 || refused.size > 0) return refused;
      const reasons = await this.api.errors(executionId);
      const deadlock = reasons.find((reason) => DEADLOCK.test(reason));
      if (deadlock !== undefined) throw stopped(entity, executionId, deadlock);
      const [reason = 'it names no row'] = reasons;
      throw errors.FINOPS_PACKAGE_REFUSED({ executionId, entity: entity.name, reason });
    }
  }

  /** Keys of the rows in the error files. */
  private async refusedKeys(entity: Entity, label: string, executionId: string): Promise<Set<string>> {
    const found = new Set<string>();
    for (const step of ['staging', 'target'] as const) {
      const [header, ...lines] = (await this.api.errorFile(step, executionId, label)) ?? [];
      if (!header) continue;
      const slots = entity.key.map((name) => header.findIndex((column) => column.toUpperCase() === name.toUpperCase()));
      for (const line of lines) found.add(keyText(slots.map((slot) => line[slot] ?? '')));
    }
    return found;
  }

  private async settle(entity: string): Promise<void> {
    if (this.labelOf(entity) === undefined) return;
    for (const executionId of await this.api.unfinished(groupName(entity))) {
      const message = `An import of ${entity} is still under way (execution ${executionId}); it is waited for.`;
      this.services.events.emit('notice', { message });
      await awaitImport(this.api, executionId, this.patience);
    }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.before.then(work);
    this.before = turn.catch(() => undefined);
    return turn;
  }

  private labelOf(entity: string): string | undefined {
    return this.options.labels[entity] ?? INTEGRATION_LABELS[entity];
  }
}

/** A package can succeed without a single row: the service's own count must agree. @param sent rows that should be there */
function outcomeOf({ name: entity }: Entity, executionId: string, sent: number, written: number): WriteOutcome {
  if (written === sent) return { ok: true };
  return { ok: false, error: errors.FINOPS_PACKAGE_INCOMPLETE({ executionId, entity, sent, written }) };
}

const stopped = ({ name: entity }: Entity, executionId: string, reason: string): Error =>
  errors.FINOPS_PACKAGE_STOPPED({ executionId, entity, reason });

const groupName = (entity: string): string => `Isthmus ${entity}`;

const unanswered = ({ name }: Entity): WriteOutcome => ({
  ok: false,
  error: errors.FINOPS_NOT_ANSWERED({ entity: name }),
});

const keyOf = ({ key }: Entity, values: WriteOperation['key']): string =>
  keyText(key.map((name): Value => values[name] ?? null));

/** Creations that fit into one package: the same fields, the same legal entity, a whole key. */
function groupsOf(entity: Entity, operations: readonly WriteOperation[]): WriteOperation[][] {
  const groups = new Map<string, WriteOperation[]>();
  for (const operation of operations) {
    const { kind, key, fields, legalEntity = '' } = operation;
    // A number sequence gives a number only to whoever asks singly; F&O wants to know which company imports.
    if (kind !== 'create' || legalEntity === '' || entity.key.some((name) => key[name] == null)) continue;
    const text = [legalEntity, ...Object.keys(fields).sort()].join('\u001f');
    const group = groups.get(text);
    if (group) group.push(operation);
    else groups.set(text, [operation]);
  }
  return [...groups.values()];
}
