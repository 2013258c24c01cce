import { Address } from './address.js';
import { Answer } from './answer.js';
import { batchRequest, boundaryOf, decodeBatch, groupOperations } from './batch/index.js';
import type { ODataClientOptions } from './client-options.js';
import { errors, type Where } from './errors.js';
import { isIdempotent, lowerCased } from './headers.js';
import { isJsonObject, type JsonObject } from './json/index.js';
import { parseMetadata, type Metadata } from './metadata/index.js';
import { followPages } from './pages.js';
import { isRefusal, refusal } from './refusal.js';
import type {
  BatchOperation,
  BatchOptions,
  BatchPart,
  GetOptions,
  Headers,
  ODataPage,
  ODataRequest,
  ODataResponse,
  PageOptions,
} from './request.js';
import { retryAfterMs, safeUrl, Transport } from './transport/index.js';

/** One OData version 4 service. Refusals (and redirections) are thrown; those inside a batch are returned. */
export class ODataClient {
  private readonly address: Address;
  private readonly transport: Transport;
  /** Of every request and every operation of a batch. */
  private readonly headers: Headers;
  private readonly contentType: string;
  private schema: Promise<Metadata> | undefined;

  constructor(private readonly options: ODataClientOptions) {
    const { name, root, token, headers, ieee754 = true } = options;
    this.address = new Address(root, name);
    const { origin } = this.address;
    this.transport = new Transport({ ...options, connection: name, origin, identity: token.identity });
    const exact = ieee754 ? ';IEEE754Compatible=true' : '';
    this.contentType = `application/json${exact}`;
    this.headers = {
      accept: `application/json;odata.metadata=minimal${exact}`,
      'odata-version': '4.0',
      'odata-maxversion': '4.0',
      ...lowerCased(headers),
    };
  }

  async send(request: ODataRequest): Promise<ODataResponse> {
    const answer = await this.exchange(request);
    if (isRefusal(answer)) throw refusal(answer, this.where(request), this.options.describeError);
    return answer;
  }

  async getJson(path: string, options: GetOptions = {}): Promise<JsonObject> {
    const request = { ...options, method: 'GET', path } as const;
    const body = (await this.send(request)).json();
    if (!isJsonObject(body)) throw errors.ODATA_UNEXPECTED_SHAPE({ ...this.where(request), wanted: 'an object' });
    return body;
  }

  /**
   * Rows page by page, to the last; the next page is asked for while the consumer works on this one.
   *
   * @param path also a next or delta link as the service gave it
   */
  pages(path: string, options: PageOptions = {}): AsyncGenerator<ODataPage, void, undefined> {
    const { maxPageSize, prefer = [], headers, signal } = options;
    const preferences = maxPageSize === undefined ? prefer : [...prefer, `odata.maxpagesize=${maxPageSize}`];
    return followPages(path, {
      get: (link, either) => this.getJson(this.address.rebase(link), { prefer: preferences, headers, signal: either }),
      fail: (link) => {
        const where = this.where({ method: 'GET', path: this.address.rebase(link) });
        return errors.ODATA_UNEXPECTED_SHAPE({ ...where, wanted: 'a list of rows' });
      },
      signal,
    });
  }

  /**
   * Many operations in one request.
   *
   * @returns an answer per operation, in their order; fewer where the service stopped at a failure
   */
  async batch(operations: readonly BatchOperation[], options: BatchOptions = {}): Promise<BatchPart[]> {
    if (operations.length === 0) return [];
    const groups = groupOperations(operations);
    const { headers, contentType } = this;
    const resolve = (path: string): string => this.address.resolve(path);
    const request = batchRequest(groups, options, { headers, contentType, resolve });

    const sentAt = this.options.clock.now();
    const answer = await this.exchange(request);
    const where = this.where(request);
    const type = answer.headers['content-type'];
    if (isRefusal(answer) && boundaryOf(type) === undefined) {
      throw refusal(answer, where, this.options.describeError);
    }
    const torn = (reason: string): Error =>
      errors.ODATA_BATCH_TORN({ ...where, operations: operations.length, reason });
    const parts = decodeBatch(groups, { text: answer.text, contentType: type, connection: where.connection, torn });
    this.heedPauses(parts, sentAt);
    return parts;
  }

  /** What the service says of itself, asked for once. */
  metadata(): Promise<Metadata> {
    this.schema ??= this.readMetadata().catch((thrown: unknown) => {
      this.schema = undefined;
      throw thrown;
    });
    return this.schema;
  }

  async close(): Promise<void> {
    await this.transport.close();
  }

  private async readMetadata(): Promise<Metadata> {
    const path = this.options.metadataPath ?? '$metadata';
    const { text } = await this.send({ method: 'GET', path, headers: { accept: 'application/xml' } });
    return parseMetadata(text, this.options.name);
  }

  /** A refused token is renewed, once: the service did nothing yet. */
  private async exchange(request: ODataRequest): Promise<Answer> {
    const { name, token } = this.options;
    const { method, path, prefer = [], body, signal } = request;
    const headers: Headers = {
      ...this.headers,
      ...(body !== undefined && { 'content-type': this.contentType }),
      ...(prefer.length > 0 && { prefer: prefer.join(', ') }),
      ...lowerCased(request.headers),
    };
    let used = '';
    let rejected: string | undefined;
    const authorization = async (): Promise<string> => `Bearer ${(used = await token.token({ rejected }))}`;
    const idempotent = request.idempotent ?? isIdempotent(method, headers);
    const raw = { method, url: this.address.resolve(path), headers, body, signal, idempotent, authorization };

    let answer = await this.transport.send(raw);
    if (answer.status === 401) {
      rejected = used;
      answer = await this.transport.send(raw);
    }
    return new Answer(answer.status, answer.headers, answer.text, name);
  }

  /** Operations of a batch are throttled one by one; their pauses hold for the whole target. */
  private heedPauses(parts: readonly BatchPart[], sentAt: number): void {
    const now = this.options.clock.now();
    for (const { status, headers } of parts) {
      const pauseMs = status === 429 ? retryAfterMs(headers, now) : undefined;
      if (pauseMs !== undefined) this.transport.pause(pauseMs, sentAt);
    }
  }

  private where({ method, path }: Pick<ODataRequest, 'method' | 'path'>): Where {
    return { connection: this.options.name, method, url: safeUrl(this.address.resolve(path)) };
  }
}
