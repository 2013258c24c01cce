import 'reflect-metadata';
import {
  container as tsyringeRoot,
  instanceCachingFactory,
  instancePerContainerCachingFactory,
  type DependencyContainer,
  type FactoryFunction,
} from 'tsyringe';
import { isIsthmusError } from '../errors/index.js';
import { containerErrors } from './errors.js';
import type { Token } from './token.js';

export type Provider<T = unknown> = (
  | { readonly useValue: T }
  | { readonly useClass: new (...dependencies: never[]) => T }
  | { readonly useFactory: (container: Container) => T }
) & {
  /** `singleton` (the default): once per process; `run`: once per run; `transient`: anew each time. */
  readonly scope?: 'singleton' | 'run' | 'transient';
};

/** A link of the chain that a resolution has come through. */
interface Link {
  readonly token: string;
  readonly plugin: string;
}

const MISSING = /unregistered dependency token: "([^"]+)"/;

/**
 * tsyringe, with owners: it knows which plugin registered what, so that a failed resolution names the plugin, the
 * token and the chain that led there. One root per process, a child per run.
 */
export class Container {
  private constructor(
    private readonly inner: DependencyContainer,
    private readonly links: Link[],
  ) {}

  static root(): Container {
    return new Container(tsyringeRoot.createChildContainer(), []);
  }

  /** Sees everything of this container; what it makes itself ends with `dispose`. */
  child(): Container {
    return new Container(this.inner.createChildContainer(), this.links);
  }

  register<T>(token: Token<T>, provider: Provider<T>, plugin: string): void {
    const make: FactoryFunction<T> = (inner) =>
      this.linked({ token, plugin }, () => construct(inner, provider, this.links));
    this.inner.register<T>(token, { useFactory: cached(make, provider.scope ?? 'singleton') });
  }

  resolve<T>(token: Token<T>): T {
    this.require(token);
    return this.guarded(token, () => this.inner.resolve<T>(token));
  }

  /** Everything registered under the token, in the order of the plugins; nothing is no error. */
  resolveAll<T>(token: Token<T>): T[] {
    return this.inner.isRegistered(token, true) ? this.guarded(token, () => this.inner.resolveAll<T>(token)) : [];
  }

  has(token: Token<unknown>): boolean {
    return this.inner.isRegistered(token, true);
  }

  async dispose(): Promise<void> {
    await this.inner.dispose();
  }

  /** A container over the same registrations, for a factory that resolves on. */
  static over(inner: DependencyContainer, links: Link[]): Container {
    return new Container(inner, links);
  }

  private require(token: string): void {
    if (!this.has(token))
      throw containerErrors.CONTAINER_UNRESOLVED({ token, chain: this.chain('the application') }, this.at());
  }

  private guarded<T>(token: string, resolve: () => T): T {
    try {
      return resolve();
    } catch (thrown) {
      throw this.explained(token, thrown);
    }
  }

  private linked<T>(link: Link, make: () => T): T {
    this.links.push(link);
    try {
      return make();
    } catch (thrown) {
      throw this.explained(link.token, thrown);
    } finally {
      this.links.pop();
    }
  }

  private explained(token: string, thrown: unknown): unknown {
    if (isIsthmusError(thrown)) return thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const missing = MISSING.exec(message)?.[1];
    const chain = this.chain('the application');
    return missing === undefined
      ? containerErrors.CONTAINER_FACTORY_FAILED({ token, chain, message }, { ...this.at(), cause: thrown })
      : containerErrors.CONTAINER_UNRESOLVED({ token: missing, chain }, this.at());
  }

  private chain(start: string): string {
    return [start, ...this.links.map(({ token, plugin }) => `${token} of ${plugin}`)].join(' → ');
  }

  private at(): { place: { plugin?: string } } {
    const plugin = this.links.at(-1)?.plugin;
    return { place: plugin === undefined ? {} : { plugin } };
  }
}

function cached<T>(make: FactoryFunction<T>, scope: NonNullable<Provider['scope']>): FactoryFunction<T> {
  switch (scope) {
    case 'singleton':
      return instanceCachingFactory(make);
    case 'run':
      return instancePerContainerCachingFactory(make);
    case 'transient':
      return make;
  }
}

function construct<T>(inner: DependencyContainer, provider: Provider<T>, links: Link[]): T {
  if ('useValue' in provider) return provider.useValue;
  if ('useClass' in provider) return inner.resolve(provider.useClass as new () => T);
  return provider.useFactory(Container.over(inner, links));
}
