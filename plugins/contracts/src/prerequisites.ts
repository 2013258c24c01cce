import type { HealthCheck, Prerequisite } from '@isthmus/core';

/** Contracts and projects name customers, which another integration keeps in step. */
export const accountsOnBothSides: Prerequisite = {
  title: 'Accounts (customers) exist on both sides',
  async check({ source, destination, legalEntities }) {
    const name = 'accounts';
    const remedy = 'Synchronise accounts and customers first.';
    const checks: HealthCheck[] = [];
    if ((await source.count('accounts')) === 0) {
      checks.push({ name, status: 'failed', message: 'PSA has no accounts.', remedy });
    }
    for (const legalEntity of legalEntities) {
      const count = await destination.count('CustomersV3', legalEntity);
      checks.push(
        count === 0
          ? { name, status: 'failed', message: `${legalEntity}: F&O has no customers.`, remedy }
          : { name, status: 'ok', message: `${legalEntity}: customers exist.` },
      );
    }
    return checks;
  },
};
