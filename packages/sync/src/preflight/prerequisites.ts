import type { HealthCheck, PrerequisiteContext } from '@isthmus/core';
import { syncErrors } from '../errors.js';
import { legalEntitiesOf, type Integration } from '../integration/index.js';
import { checkCoverage } from './coverage.js';
import type { Connect, Preflight } from './preflight.js';

/**
 * The template's own checks, of master data and settings without which every record would be refused; and whether every
 * organisational unit has its legal entity.
 */
export async function checkPrerequisites(
  integration: Integration,
  found: Preflight,
  connect: Connect,
): Promise<HealthCheck[]> {
  const context = prerequisiteContext(integration, connect);
  const checks: HealthCheck[] = [];
  for (const prerequisite of integration.template.prerequisites ?? [])
    checks.push(...(await prerequisite.check(context)));
  return [...checks, ...(await checkCoverage(integration, found, connect))];
}

export function prerequisiteContext(integration: Integration, connect: Connect): PrerequisiteContext {
  const { parameters, connections } = integration;
  return {
    source: connect(connections.source),
    destination: connect(connections.destination),
    legalEntities: legalEntitiesOf(integration),
    parameters,
  };
}

/** Refuses to start, with every reason at once. */
export function requireReady(integration: string, { faults }: Preflight, checks: readonly HealthCheck[]): void {
  const [fault] = faults;
  if (fault && faults.length === 1) throw fault;
  const failed = [
    ...faults.map(({ message, place, remedy }) => `${place.task ?? ''} ${message} ${remedy}`.trim()),
    ...checks
      .filter(({ status }) => status === 'failed')
      .map(({ message, remedy }) => [message, remedy].filter(Boolean).join(' ')),
  ];
  if (failed.length === 0) return;
  throw syncErrors.PREREQUISITES_MISSING({ failed: failed.join('\n  ') }, { place: { integration } });
}
