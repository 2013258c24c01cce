import { errors } from './errors.js';

/** Where a service lives, and the absolute URLs of what is asked of it. */
export class Address {
  readonly origin: string;
  private readonly root: string;

  constructor(
    root: string,
    private readonly connection: string,
  ) {
    const url = URL.canParse(root) ? new URL(root) : undefined;
    if (!url || !/^https?:$/.test(url.protocol)) throw errors.ODATA_ROOT_INVALID({ connection, root });
    this.origin = url.origin;
    this.root = `${url.origin}${url.pathname.replace(/\/?$/, '/')}`;
  }

  /** @param path relative to the root, or absolute at the same origin */
  resolve(path: string): string {
    const url = new URL(path, this.root);
    if (url.origin === this.origin) return url.href;
    throw errors.ODATA_OTHER_ORIGIN({
      connection: this.connection,
      url: url.origin + url.pathname,
      origin: this.origin,
    });
  }

  /** @returns the same relative to the root, or to the host where it lies outside the root */
  relative(path: string): string {
    const url = this.resolve(path);
    return url.startsWith(this.root) ? url.slice(this.root.length) : url.slice(this.origin.length);
  }

  /** A link that the service made: behind a proxy it may name a host that this side knows by another name. */
  rebase(link: string): string {
    const { pathname, search } = new URL(link, this.root);
    return this.origin + pathname + search;
  }
}
