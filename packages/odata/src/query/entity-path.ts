import { encodePathLiteral } from './encode.js';

/**
 * `accounts(<guid>)`, or by name `CustomerGroups(dataAreaId='usmf',CustomerGroupId='10')`.
 *
 * @param key literals (see `literal`), one alone or by property
 */
export function entityPath(set: string, key: string | Readonly<Record<string, string>>): string {
  if (typeof key === 'string') return `${set}(${encodePathLiteral(key)})`;
  const parts = Object.entries(key).map(([property, value]) => `${property}=${encodePathLiteral(value)}`);
  return `${set}(${parts.join(',')})`;
}
