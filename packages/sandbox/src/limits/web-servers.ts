import { createHash } from 'node:crypto';
import { Refusal } from '../odata/index.js';
import type { Admitted, ServiceProtection } from './service-protection.js';

const COOKIE = 'ARRAffinity';

/** The machines behind one address, each counting for itself: requests go round, unless a client keeps to the one that answered it. */
export class WebServers {
  private next = 0;

  constructor(private readonly servers: readonly ServiceProtection[]) {}

  /** @param cookies of the request, as its header has them */
  admit(cookies = ''): Admitted | Refusal {
    const named = this.servers.findIndex((_, index) => cookies.includes(`${COOKIE}=${nameOf(index)}`));
    const index = named >= 0 ? named : this.next++ % this.servers.length;
    const admitted = this.servers[index]?.admit();
    if (admitted === undefined) throw new RangeError('there is no web server');
    if (admitted instanceof Refusal || this.servers.length === 1) return admitted;
    const cookie = `${COOKIE}=${nameOf(index)};Path=/;HttpOnly`;
    return { ...admitted, headers: { ...admitted.headers, 'set-cookie': cookie } };
  }
}

const nameOf = (index: number): string => createHash('sha256').update(`web server ${index}`).digest('hex');
