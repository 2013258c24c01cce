import { createHash } from 'node:crypto';
import type { Connector, EntityMap } from '@isthmus/core';
import type { Integration } from './resolve.js';

/**
 * What the outcome of a task depends on besides the rows. Where it differs from the one of the last checkpoint, changes
 * alone would not do: rows that did not change may map to something else now.
 */
export function fingerprintOf(
  integration: Integration,
  task: EntityMap,
  systems: readonly Pick<Connector, 'identity'>[],
): string {
  const { templateId, parameters, organizations, timeZone } = integration;
  const { target: _class, ...mapping } = task;
  const text = JSON.stringify(
    {
      systems: systems.map(({ identity }) => identity),
      templateId,
      parameters,
      organizations: [...organizations],
      timeZone,
      mapping,
    },
    (_key, value: unknown) => (typeof value === 'function' ? String(value) : value),
  );
  return createHash('sha256').update(text).digest('base64url');
}
