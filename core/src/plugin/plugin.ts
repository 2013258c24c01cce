import 'reflect-metadata';
import { hasBrand, withBrand } from '../brand/index.js';
import type { Provider, Token } from '../container/index.js';
import type { Hooks } from '../lifecycle/index.js';
import type { TemplateClass } from '../template/index.js';

/** Everything that a plugin is, in one place. */
export interface PluginDeclaration {
  /** The package's name. */
  readonly name: string;
  /** Versions of @isthmus/core that it works with, as a semver range. */
  readonly core: string;
  readonly templates?: readonly TemplateClass[];
  /** Registered under their tokens before anything runs. */
  readonly providers?: readonly PluginProvider[];
  readonly hooks?: Hooks;
}

export type PluginProvider = Provider & { readonly token: Token<unknown> };

/** Checks the provider against its token's type, and forgets the type. */
export const provide = <T>(token: Token<T>, provider: Provider<T>): PluginProvider =>
  ({ ...provider, token }) as PluginProvider;

export type PluginClass = new () => object;

const BRAND = 'plugin';
const KEY = Symbol.for('isthmus.plugin@1');

/** Declares a plugin. The decorated class is the package's default export. */
export function Plugin(declaration: PluginDeclaration): ClassDecorator {
  return (target) => {
    withBrand(target, BRAND);
    Reflect.defineMetadata(KEY, declaration, target);
  };
}

export const isPlugin = (value: unknown): value is PluginClass => typeof value === 'function' && hasBrand(value, BRAND);

export function pluginOf(target: PluginClass): PluginDeclaration {
  return Reflect.getOwnMetadata(KEY, target) as PluginDeclaration;
}
