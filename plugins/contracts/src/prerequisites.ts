import type { HealthCheck, Prerequisite } from '@isthmus/core';

/** Contracts and projects name customers, which another integration keeps in step. */
export const accountsOnBothSides: Prerequisite = {
  title: 'Accounts (customers) exist on both sides',
  async check({ source, destination, legalEntities }) {
    const name = 'accounts';
    const remedy = 'Synchronise accounts and customers first.';
    const checks: HealthCheck[] = [];
    if (await source.isEmpty('accounts')) {
      checks.push({ name, status: 'failed', message: 'PSA has no accounts.', remedy });
    }
    for (const legalEntity of legalEntities) {
      checks.push(
        (await destination.isEmpty('CustomersV3', legalEntity))
          ? { name, status: 'failed', message: `${legalEntity}: F&O has no customers.`, remedy }
          : { name, status: 'ok', message: `${legalEntity}: customers exist.` },
      );
    }
    return checks;
  },
};
