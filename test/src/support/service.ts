import type { RunningSandbox } from '@isthmus/sandbox';

export type Value = string | number | boolean | null;
export type Row = Record<string, Value>;

interface Answer {
  readonly value?: unknown[];
  readonly '@odata.nextLink'?: string;
}

/**
 * One of the two systems as any other client sees it, without the connectors under test. Decimals come as text.
 */
export class Service {
  private token: Promise<string> | undefined;

  /** @param root where the entity sets are; ends in a slash */
  constructor(
    private readonly root: string,
    private readonly sandbox: RunningSandbox,
  ) {}

  /** Every row of a query, page after page. */
  async rows<T = Row>(query: string): Promise<T[]> {
    const rows: unknown[] = [];
    let next: string | undefined = this.root + query;
    while (next !== undefined) {
      const answer: Answer = JSON.parse(await this.send('GET', next)) as Answer;
      rows.push(...(answer.value ?? []));
      next = answer['@odata.nextLink'];
    }
    return rows as T[];
  }

  /** As it comes: `$metadata`. */
  text(path: string): Promise<string> {
    return this.send('GET', this.root + path);
  }

  async create(set: string, row: Row): Promise<void> {
    await this.send('POST', this.root + set, row);
  }

  /** @param path set and key: `salesorders(…)` */
  async update(path: string, changes: Row): Promise<void> {
    await this.send('PATCH', this.root + path, changes);
  }

  async remove(path: string): Promise<void> {
    await this.send('DELETE', this.root + path);
  }

  private async send(method: string, url: string, body?: Row): Promise<string> {
    this.token ??= this.signIn();
    const response = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${await this.token}`,
        accept: url.endsWith('$metadata') ? 'application/xml' : 'application/json;IEEE754Compatible=true',
        ...(body ? { 'content-type': 'application/json;IEEE754Compatible=true' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
    return text;
  }

  private async signIn(): Promise<string> {
    const { token, clientId, clientSecret } = this.sandbox;
    const response = await fetch(token.url, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
        scope: `${new URL(this.root).origin}/.default`,
      }),
    });
    const { access_token: given } = (await response.json()) as { access_token: string };
    return given;
  }
}

export const psaOf = (sandbox: RunningSandbox): Service => new Service(`${sandbox.psa.url}/api/data/v9.2/`, sandbox);
