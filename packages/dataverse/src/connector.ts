import type {
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
  WriteBatch,
  WriteOutcome,
} from '@isthmus/core';
import { checkHealth, ODataClient, queryString, tokensFor, type TokenProvider } from '@isthmus/odata';
import { descriptionOf, findEntity, getEntity, type Entity } from './entities/index.js';
import type { DataverseOptions } from './options.js';
import { findRows, readPages, serverFilter } from './read/index.js';
import { Writer } from './write/index.js';

/** Stops the service from answering expanded queries out of a cache. */
const HEADERS = { 'If-None-Match': 'null' };

/** Dataverse, and with it Project Service Automation, through its Web API. */
export class DataverseConnector implements Connector {
  readonly identity: string;
  private readonly client: ODataClient;
  private readonly tokens: TokenProvider;
  private readonly writer: Writer;
  private readonly batchSize: number;

  constructor(
    { name, options }: ConnectionSettings<DataverseOptions>,
    private readonly services: ConnectorServices,
  ) {
    const { origin, pathname } = new URL(options.url);
    this.identity = origin + pathname;
    this.tokens = tokensFor(options, name, origin, services);
    this.client = new ODataClient({
      name,
      root: `${origin}${pathname.replace(/\/?$/, '/api/data/v9.2/')}`,
      token: this.tokens,
      headers: HEADERS,
      concurrency: options.concurrency,
      metadataPath: '$metadata?annotations=true',
      ...services,
    });
    this.batchSize = options.batchSize;
    this.writer = new Writer(this.client, options.batchSize);
  }

  async describe(sets: readonly string[]): Promise<Map<string, EntityDescription>> {
    const metadata = await this.client.metadata();
    const found = sets.map((set) => findEntity(metadata, set));
    return new Map(found.filter((entity) => entity !== undefined).map((entity) => [entity.set, descriptionOf(entity)]));
  }

  refresh(): Promise<boolean> {
    return this.client.refreshMetadata();
  }

  async *read(query: ReadQuery): AsyncGenerator<Page> {
    yield* readPages(this.client, await this.entity(query.entity), query);
  }

  async find(query: FindQuery): Promise<Map<string, SourceRow>> {
    return findRows(this.client, await this.entity(query.entity), query);
  }

  async count(set: string, _legalEntity?: string, conditions: readonly Condition[] = []): Promise<number> {
    const entity = await this.entity(set);
    const { text: filter } = serverFilter(entity, conditions);
    return this.client.count(`${entity.set}/$count${queryString({ filter })}`);
  }

  async isEmpty(set: string): Promise<boolean> {
    const entity = await this.entity(set);
    return this.client.isEmpty(entity.set + queryString({ select: [entity.id], top: 1 }));
  }

  async write(batch: WriteBatch): Promise<WriteOutcome[]> {
    return this.writer.write(await this.entity(batch.entity), batch);
  }

  writeRequests(operations: number): number {
    return Math.ceil(operations / this.batchSize);
  }

  check(): Promise<HealthCheck[]> {
    return checkHealth(this.client, this.tokens, this.services.clock, 'WhoAmI');
  }

  close(): Promise<void> {
    return this.client.close();
  }

  private async entity(set: string): Promise<Entity> {
    return getEntity(await this.client.metadata(), set);
  }
}
