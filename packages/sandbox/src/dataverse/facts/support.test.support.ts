import type { Answer, Ask, Json, SandboxClient } from '../../client.test.support.js';
import { batchBody, startWithClient, tokenFor } from '../../client.test.support.js';
import type { SandboxOptions } from '../../index.js';

/** A Dataverse environment for one chapter of facts: started before it, stopped behind it. */
export class Environment {
  private client: SandboxClient | undefined;

  constructor(options: SandboxOptions = { empty: true }, start = () => startWithClient(options)) {
    before(async () => {
      this.client = await start();
    });
    after(() => this.client?.sandbox.stop());
  }

  get open(): SandboxClient {
    if (!this.client) throw new TypeError('the environment is not started yet');
    return this.client;
  }

  get root(): string {
    return `${this.open.sandbox.psa.url}/api/data/v9.2/`;
  }

  readonly send = (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> =>
    this.open.psa(method, path, { ...(body === undefined ? {} : { body }), ...(headers && { headers }) });

  readonly get = (path: string, headers?: Record<string, string>): Promise<Answer> =>
    this.send('GET', path, undefined, headers);

  /** @returns the new row's address */
  readonly create = async (set: string, body: Json): Promise<string> => {
    const { status, headers, text } = await this.send('POST', set, body);
    if (status !== 204) throw new TypeError(`not created: ${text}`);
    return headers.get('odata-entityid') ?? '';
  };

  readonly batch = (
    operations: Parameters<typeof batchBody>[0],
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const { body, headers: own } = batchBody(operations);
    return this.send('POST', '$batch', body, { ...own, ...headers });
  };

  readonly tokenOf = (client: Partial<SandboxClient['sandbox']>): Promise<string> =>
    tokenFor({ ...this.open.sandbox, ...client }, this.open.sandbox.psa.url);
}

/** The id inside of an address. */
export const idIn = (address: string): string => /\(([^)]+)\)[^(]*$/.exec(address)?.[1] ?? '';

/** Status, code and message of a refusal. */
export const refusal = ({ status, json }: Answer): [number, string, string] => [
  status,
  json?.error?.code,
  json?.error?.message,
];

export const NOBODY = '99999999-9999-4999-8999-999999999999';

export type { Answer, Ask, Json };
