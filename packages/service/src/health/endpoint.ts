import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serviceErrors } from '../errors.js';
import type { HealthSettings } from '../settings/index.js';
import type { Readiness } from './readiness.js';

/** Nobody has to send us anything that takes longer. */
const REQUEST_TIMEOUT_MS = 5000;

/**
 * `GET /health`: the process is alive, which it is when it answers. `GET /ready`: it can do its work; 503 where not.
 *
 * @throws SERVICE_CANNOT_LISTEN
 */
export class HealthEndpoint {
  private constructor(private readonly server: Server) {}

  static async start({ host, port }: HealthSettings, ready: () => Promise<Readiness>): Promise<HealthEndpoint> {
    const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS });
    server.on('request', async ({ method, url = '' }, response) => {
      const [status, body] = await answerTo(method, url, ready);
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(`${JSON.stringify(body)}\n`);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', ({ code = 'unknown' }: NodeJS.ErrnoException) =>
        reject(serviceErrors.SERVICE_CANNOT_LISTEN({ host, port, reason: code })),
      );
      server.listen(port, host, resolve);
    });
    return new HealthEndpoint(server);
  }

  get url(): string {
    const { address, port, family } = this.server.address() as AddressInfo;
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function answerTo(method: string | undefined, url: string, ready: () => Promise<Readiness>) {
  const path = url.split('?')[0];
  if (path !== '/health' && path !== '/ready') return [404, { error: 'there is /health and /ready' }] as const;
  if (method !== 'GET' && method !== 'HEAD') return [405, { error: 'there is only GET' }] as const;
  if (path === '/health') return [200, { status: 'ok', uptimeSeconds: Math.round(process.uptime()) }] as const;
  const readiness = await ready();
  return [readiness.ready ? 200 : 503, readiness] as const;
}
