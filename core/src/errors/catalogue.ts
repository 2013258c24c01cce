import { IsthmusError } from './isthmus-error.js';
import type { Place } from './place.js';
import type { Recovery } from './recovery.js';

/** One entry of a catalogue. `P` is what its message needs to know. */
export interface ErrorDefinition<P = never> {
  readonly recovery: Recovery;
  readonly message: (particulars: P) => string;
  readonly cause: string;
  readonly remedy: string | ((particulars: P) => string);
}

export interface Occurrence {
  readonly place?: Place | undefined;
  readonly cause?: unknown;
}

type ErrorFactory<P> = [P] extends [never]
  ? (particulars?: undefined, occurrence?: Occurrence) => IsthmusError
  : (particulars: P, occurrence?: Occurrence) => IsthmusError;

type Particulars<D> = D extends ErrorDefinition<infer P> ? P : never;

export type ErrorCatalogue<D> = { readonly [Code in keyof D]: ErrorFactory<Particulars<D[Code]>> };

/** What `isthmus explain CODE` and the generated table say of a code. */
export interface ErrorExplanation {
  readonly code: string;
  readonly package: string;
  readonly recovery: Recovery;
  readonly cause: string;
  readonly remedy: string;
}

/** Process-wide and found by a registered symbol, so that every loaded copy fills the same table. */
const TABLE = Symbol.for('isthmus.error-table@1');
const table: Map<string, ErrorExplanation> = ((globalThis as Record<symbol, unknown>)[TABLE] ??= new Map()) as Map<
  string,
  ErrorExplanation
>;

/** Names a definition's particulars: `SECRET_MISSING: error<{ name: string }>({ … })`. */
export const error = <P = never>(definition: ErrorDefinition<P>): ErrorDefinition<P> => definition;

const EXAMPLE = new Proxy({}, { get: (_target, name) => (typeof name === 'string' ? `<${name}>` : undefined) });

/**
 * Declares the errors of one package. The keys are the codes; each becomes a function that makes the error.
 *
 * @param packageName for example `@isthmus/core`
 */
export function defineErrors<D extends Record<string, ErrorDefinition<never>>>(
  packageName: string,
  definitions: D,
): ErrorCatalogue<D> {
  const factories: Record<string, (particulars?: unknown, occurrence?: Occurrence) => IsthmusError> = {};
  for (const [code, untyped] of Object.entries(definitions)) {
    const definition = untyped as unknown as ErrorDefinition<unknown>;
    const { recovery, cause, remedy } = definition;
    const remedyFor = typeof remedy === 'function' ? remedy : () => remedy;
    table.set(code, { code, package: packageName, recovery, cause, remedy: remedyFor(EXAMPLE) });
    factories[code] = (particulars, occurrence) =>
      new IsthmusError({
        code,
        recovery,
        message: definition.message(particulars),
        why: cause,
        remedy: remedyFor(particulars),
        place: occurrence?.place,
        cause: occurrence?.cause,
        details: particulars as Record<string, unknown> | undefined,
      });
  }
  return factories as ErrorCatalogue<D>;
}

/** Every code of every loaded package, in alphabetical order. */
export function explainAll(): ErrorExplanation[] {
  return [...table.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

export function explain(code: string): ErrorExplanation | undefined {
  return table.get(code.toUpperCase());
}
