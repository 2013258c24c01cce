import { createHmac, randomBytes, randomUUID } from 'node:crypto';

/** Seconds that a token lives, as Entra says it. */
export const LIFETIME = 3599;

export type TokenState = 'valid' | 'missing' | 'expired' | 'other-resource' | 'not-a-member' | 'unknown';

interface Issued {
  readonly clientId: string;
  readonly resource: string;
  readonly expires: number;
}

/** Gives out bearer tokens, each for one resource, and knows them again. */
export class TokenAuthority {
  private readonly secret = randomBytes(32);
  private readonly issued = new Map<string, Issued>();

  constructor(
    readonly tenant: string,
    /** Applications that the systems know; the directory may know others. */
    private readonly members: ReadonlySet<string>,
    private readonly now: () => number = Date.now,
  ) {}

  issue(resource: string, clientId: string): string {
    const seconds = Math.floor(this.now() / 1000);
    const claims = {
      aud: resource,
      iss: `https://sts.windows.net/${this.tenant}/`,
      iat: seconds,
      nbf: seconds,
      exp: seconds + LIFETIME,
      appid: clientId,
      tid: this.tenant,
      uti: randomUUID(),
    };
    const content = [{ typ: 'JWT', alg: 'HS256' }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const token = `${content}.${createHmac('sha256', this.secret).update(content).digest('base64url')}`;
    this.forgetExpired();
    this.issued.set(token, { clientId, resource, expires: claims.exp * 1000 });
    return token;
  }

  /** @param authorization the request's header */
  check(authorization: string | undefined, resource: string): TokenState {
    if (!authorization?.startsWith('Bearer ')) return 'missing';
    const token = this.issued.get(authorization.slice('Bearer '.length));
    if (!token) return 'unknown';
    if (token.expires <= this.now()) return 'expired';
    if (token.resource !== resource) return 'other-resource';
    return this.members.has(token.clientId) ? 'valid' : 'not-a-member';
  }

  /** For whom the token of a request was made out. */
  clientOf(authorization = ''): string {
    return this.issued.get(authorization.slice('Bearer '.length))?.clientId ?? '';
  }

  private forgetExpired(): void {
    const anHourAgo = this.now() - 3_600_000;
    for (const [token, { expires }] of this.issued) if (expires < anHourAgo) this.issued.delete(token);
  }
}
