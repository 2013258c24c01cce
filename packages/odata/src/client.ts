import { Address } from './address.js';
import { Answer } from './answer.js';
import { batchRequest, boundaryOf, decodeBatch, groupOperations, repeatThrottled } from './batch/index.js';
import type { ODataClientOptions } from './client-options.js';
import { errors, type Where } from './errors.js';
import { excerpt } from './excerpt.js';
import { isIdempotent, lowerCased } from './headers.js';
import { isJsonObject, type JsonObject } from './json/index.js';
import { KeptMetadata, parseMetadata, type MetadataVersion, type Metadata } from './metadata/index.js';
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
import { asksForPause, retryAfterMs, safeUrl, Transport, UNTOLD_PAUSE_MS, type RawAnswer } from './transport/index.js';
import type { PortionLimits } from './write/index.js';

const NOT_MODIFIED = 304;

/** One OData version 4 service. Refusals (and redirections) are thrown; those inside a batch are returned. */
export class ODataClient {
  private readonly address: Address;
  private readonly transport: Transport;
  /** Of every request and every operation of a batch. */
  private readonly headers: Headers;
  private readonly contentType: string;
  private readonly schema: KeptMetadata;

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
    const { metadataPath = '$metadata', cache, clock } = options;
    this.schema = new KeptMetadata({
      fetch: (known) => this.fetchMetadata(metadataPath, known),
      parse: (text) => parseMetadata(text, name),
      // Rights decide what a user gets to see.
      key: `${this.address.resolve(metadataPath)} ${token.identity}`,
      cache,
      clock,
    });
  }

  /**
   * How many writes of an entity go into one request: learnt by all clients of the process together.
   *
   * @param most as configured
   */
  portionsOf(entity: string, most: number): PortionLimits {
    return { connection: this.options.name, most, size: this.transport.target.batchSize(entity) };
  }

  async send(request: ODataRequest): Promise<ODataResponse> {
    return this.whole(request, () => undefined);
  }

  async getJson(path: string, options: GetOptions = {}): Promise<JsonObject> {
    const request = { ...options, method: 'GET', path } as const;
    const body = (await this.whole(request, (answer) => answer.json())).json();
    if (!isJsonObject(body)) throw errors.ODATA_UNEXPECTED_SHAPE({ ...this.where(request), wanted: 'an object' });
    return body;
  }

  /** @param path ends in `/$count` */
  async count(path: string, options: GetOptions = {}): Promise<number> {
    const { text } = await this.whole({ ...options, method: 'GET', path }, ({ text: given }) => {
      if (!/^\uFEFF?\d+$/.test(given.trim())) {
        const ending = excerpt(given);
        throw errors.ODATA_BODY_TORN({ reason: 'a number should have come', length: given.length, ending });
      }
    });
    return Number(text.replace('\uFEFF', ''));
  }

  /** @param path of a collection, with a query that asks for one row */
  async isEmpty(path: string): Promise<boolean> {
    for await (const { value } of this.pages(path)) if (value.length > 0) return false;
    return true;
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
   * Many operations in one request; those that the service puts off are sent again when their time has come.
   *
   * @returns an answer per operation, in their order; fewer where the service stopped at a failure
   */
  async batch(operations: readonly BatchOperation[], options: BatchOptions = {}): Promise<BatchPart[]> {
    if (operations.length === 0) return [];
    const patience = { clock: this.options.clock, ms: this.transport.patienceMs };
    return repeatThrottled(operations, patience, (some) => this.batchOnce(some, options));
  }

  /** What the service says of itself; asked for when first needed, or kept from an earlier process. */
  metadata(): Promise<Metadata> {
    return this.schema.get();
  }

  /**
   * Asks the service what it says of itself, unless this client has asked before.
   *
   * @returns whether it was asked
   */
  refreshMetadata(): Promise<boolean> {
    return this.schema.refresh();
  }

  async close(): Promise<void> {
    await this.transport.close();
  }

  private async fetchMetadata(path: string, known: MetadataVersion | undefined): Promise<MetadataVersion> {
    const headers = {
      accept: 'application/xml',
      ...(known?.etag === undefined ? {} : { 'if-none-match': known.etag }),
    };
    let metadata: Metadata | undefined;
    const answer = await this.whole({ method: 'GET', path, headers }, ({ status, text }) => {
      metadata = status === NOT_MODIFIED ? known?.metadata : parseMetadata(text, this.options.name);
    });
    const { text, headers: given } = answer;
    if (answer.status === NOT_MODIFIED && known) return known;
    return { text, etag: given['etag'], metadata: metadata ?? parseMetadata(text, this.options.name) };
  }

  private async batchOnce(operations: readonly BatchOperation[], options: BatchOptions): Promise<BatchPart[]> {
    const groups = groupOperations(operations);
    const { headers, contentType, address } = this;
    const relative = this.options.batchUrls === 'relative';
    const addressOf = (path: string): string => (relative ? address.relative(path) : address.resolve(path));
    const request = batchRequest(groups, options, { headers, contentType, addressOf });
    const where = this.where(request);
    const torn = (reason: string): Error =>
      errors.ODATA_BATCH_TORN({ ...where, operations: operations.length, reason });

    const sentAt = this.options.clock.now();
    let parts: BatchPart[] = [];
    const answer = await this.exchange(request, ({ status, headers: given, text }) => {
      const type = given['content-type'];
      if (status >= 300 && boundaryOf(type) === undefined) return;
      parts = decodeBatch(groups, { text, contentType: type, connection: where.connection, torn });
    });
    if (isRefusal(answer) && boundaryOf(answer.headers['content-type']) === undefined) {
      throw refusal(answer, where, this.options.describeError);
    }
    this.heedPauses(parts, sentAt);
    return parts;
  }

  /** @param read throws where the answer is not whole; a read is then sent again */
  private async whole(request: ODataRequest, read: (answer: Answer) => void): Promise<Answer> {
    const answer = await this.exchange(request, (given) => {
      if (!isRefusal(given)) read(given);
    });
    if (isRefusal(answer)) throw refusal(answer, this.where(request), this.options.describeError);
    return answer;
  }

  /** A refused token is renewed, once: the service did nothing yet. */
  private async exchange(request: ODataRequest, read: (answer: Answer) => void): Promise<Answer> {
    const { name, token } = this.options;
    const { method, path, prefer = [], body, signal, load } = request;
    const headers: Headers = {
      ...this.headers,
      ...(body !== undefined && { 'content-type': this.contentType }),
      ...(prefer.length > 0 && { prefer: prefer.join(', ') }),
      ...lowerCased(request.headers),
    };
    let used = '';
    let rejected: string | undefined;
    let answer: Answer | undefined;
    const raw = {
      method,
      url: this.address.resolve(path),
      headers,
      body,
      signal,
      load,
      idempotent: request.idempotent ?? isIdempotent(method, headers),
      authorization: async (): Promise<string> => `Bearer ${(used = await token.token({ rejected }))}`,
      read: (given: RawAnswer): void => {
        answer = new Answer(given.status, given.headers, given.text, name);
        if (given.status !== 401) read(answer);
      },
    };
    const { status } = await this.transport.send(raw);
    if (status === 401) {
      rejected = used;
      await this.transport.send(raw);
    }
    return answer as Answer;
  }

  /** Operations of a batch are throttled one by one; their pauses hold for the whole target. */
  private heedPauses(parts: readonly BatchPart[], sentAt: number): void {
    const now = this.options.clock.now();
    for (const { status, headers } of parts) {
      const promisedMs = retryAfterMs(headers, now);
      if (!asksForPause(status, promisedMs !== undefined)) continue;
      this.transport.pause(promisedMs ?? UNTOLD_PAUSE_MS, sentAt);
    }
  }

  private where({ method, path }: Pick<ODataRequest, 'method' | 'path'>): Where {
    return { connection: this.options.name, method, url: safeUrl(this.address.resolve(path)) };
  }
}
