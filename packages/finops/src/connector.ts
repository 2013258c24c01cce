import type {
  ActionCall,
  Condition,
  ConnectionSettings,
  Connector,
  ConnectorServices,
  EntityDescription,
  FindQuery,
  HealthCheck,
  Page,
  ReadQuery,
  SourceRow,
  Value,
  WriteBatch,
  WriteOutcome,
} from '@isthmus/core';
import { checkHealth, ODataClient, queryString, tokensFor, type TokenProvider } from '@isthmus/odata';
import { PackageWriter } from './data-packages/index.js';
import { descriptionOf, Entities, fieldOf, type Entity, type Field } from './entities/index.js';
import { invokeAction } from './invoke/index.js';
import type { FinopsOptions } from './options.js';
import { ACROSS_COMPANIES, findRows, readPages, serverFilter } from './read/index.js';
import { messageOf } from './refusal/index.js';
import { companyOf, writeOperations } from './write/index.js';

/** Finance & Operations through its OData service. */
export class FinopsConnector implements Connector {
  readonly identity: string;
  private readonly client: ODataClient;
  private readonly tokens: TokenProvider;
  private readonly entities: Entities;
  private readonly options: FinopsOptions;
  private readonly packages: PackageWriter | undefined;
  readonly batchFor?: Connector['batchFor'];

  constructor(
    { name, options }: ConnectionSettings<FinopsOptions>,
    private readonly services: ConnectorServices,
  ) {
    const { origin, pathname } = new URL(options.url);
    this.options = options;
    this.identity = JSON.stringify([origin + pathname, options.collections, options.defaultLegalEntity ?? null]);
    this.tokens = tokensFor(options, name, origin, services);
    this.client = new ODataClient({
      name,
      root: `${origin}${pathname.replace(/\/?$/, '/data/')}`,
      token: this.tokens,
      concurrency: options.concurrency,
      describeError: (_status, body) => messageOf(body),
      ...services,
    });
    this.entities = new Entities(() => this.client.metadata(), options.collections);
    const packages = options.dataPackages && new PackageWriter(this.client, options.dataPackages, services);
    this.packages = packages;
    if (packages) this.batchFor = (entity, rows) => packages.batchFor(entity, rows);
  }

  async describe(names: readonly string[]): Promise<Map<string, EntityDescription>> {
    const found = await Promise.all(names.map((name) => this.entities.find(name)));
    return new Map(
      found
        .filter((entity) => entity !== undefined)
        .map((entity) => [entity.name, descriptionOf(entity, this.modifiedField(entity))]),
    );
  }

  refresh(): Promise<boolean> {
    return this.client.refreshMetadata();
  }

  async *read(query: ReadQuery): AsyncGenerator<Page> {
    const entity = await this.entities.get(query.entity);
    yield* readPages(this.client, entity, query, this.modifiedField(entity));
  }

  async find(query: FindQuery): Promise<Map<string, SourceRow>> {
    const entity = await this.entities.get(query.entity);
    await this.packages?.ready(entity.name);
    const company = companyOf(entity, this.options.defaultLegalEntity);
    return findRows(this.client, entity, query, company(query.legalEntity));
  }

  async count(name: string, legalEntity?: string, conditions: readonly Condition[] = []): Promise<number> {
    const entity = await this.entities.get(name);
    const filter = serverFilter(entity, conditions, legalEntity).text;
    const path = `${entity.set}/$count${queryString({ filter, custom: ACROSS_COMPANIES })}`;
    return this.client.count(path);
  }

  async isEmpty(name: string, legalEntity?: string): Promise<boolean> {
    const entity = await this.entities.get(name);
    const filter = serverFilter(entity, [], legalEntity).text;
    return this.client.isEmpty(
      entity.set + queryString({ select: entity.key, filter, top: 1, custom: ACROSS_COMPANIES }),
    );
  }

  async write(batch: WriteBatch): Promise<WriteOutcome[]> {
    const entity = await this.entities.get(batch.entity);
    const singly = (operations: WriteBatch['operations']) =>
      writeOperations(this.client, entity, { ...batch, operations }, this.options);
    return this.packages ? this.packages.write(entity, batch.operations, singly) : singly(batch.operations);
  }

  async invoke(call: ActionCall): Promise<Value> {
    return invokeAction(this.client, await this.entities.get(call.entity), call, this.options.defaultLegalEntity);
  }

  writeRequests(operations: number): number {
    return Math.ceil(operations / this.options.batchSize);
  }

  check(): Promise<HealthCheck[]> {
    return checkHealth(this.client, this.tokens, this.services.clock, '');
  }

  /** @throws FINOPS_FIELD_UNKNOWN where the connection names one that the entity does not have */
  private modifiedField(entity: Entity): Field | undefined {
    const name = this.options.modifiedFields[entity.name];
    return name === undefined ? undefined : fieldOf(entity, name);
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
