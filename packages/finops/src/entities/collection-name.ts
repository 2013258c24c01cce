const SUFFIX = 'Entity';

/**
 * The public collection that an entity of the application object tree usually has: `ProjCDSProjectContractEntity` →
 * `ProjCDSProjectContracts`. The names of the integration entities are not documented; this is the habit of those that
 * are, and a connection's `collections` corrects it.
 */
export function publicCollectionOf(entity: string): string {
  const singular = entity.endsWith(SUFFIX) ? entity.slice(0, -SUFFIX.length) : entity;
  if (singular.endsWith('s')) return singular;
  return singular.endsWith('y') ? `${singular.slice(0, -1)}ies` : `${singular}s`;
}
