import type { Fault, LoggedRequest, RunningSandbox } from '@isthmus/sandbox';

/** What tests may turn on a running sandbox. */
export class Controls {
  constructor(private readonly sandbox: RunningSandbox) {}

  /** The next requests that fit get these faults. */
  async disturb(...faults: Fault[]): Promise<void> {
    await this.send('POST', 'faults', faults);
  }

  async calm(): Promise<void> {
    await this.send('DELETE', 'faults');
  }

  async requests(): Promise<LoggedRequest[]> {
    const response = await this.send('GET', 'log');
    return (await response.json()) as LoggedRequest[];
  }

  async forgetRequests(): Promise<void> {
    await this.send('DELETE', 'log');
  }

  async expireDeltaTokens(): Promise<void> {
    await this.send('POST', 'expire-delta-tokens');
  }

  private async send(method: string, what: string, body?: unknown): Promise<Response> {
    const response = await fetch(`${this.sandbox.psa.url}/sandbox/${what}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`/sandbox/${what} answered ${response.status}`);
    return response;
  }
}

/** Requests that may change a system; everything that is not a read. */
export const isWrite = ({ system, method }: LoggedRequest): boolean => system !== 'token' && method !== 'GET';
