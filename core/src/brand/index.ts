/**
 * Identity across packages. A brand is a registered symbol, so two copies of core on disk agree on it where
 * `instanceof` would quietly say no.
 */
const VERSION = 1;

const symbolOf = (name: string): symbol => Symbol.for(`isthmus.${name}@${VERSION}`);

/** Marks `value`; the mark does not show in JSON or in a loop over keys. */
export function withBrand<T extends object>(value: T, name: string): T {
  Object.defineProperty(value, symbolOf(name), { value: true });
  return value;
}

export function hasBrand(value: unknown, name: string): boolean {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    (value as Record<symbol, unknown>)[symbolOf(name)] === true
  );
}
