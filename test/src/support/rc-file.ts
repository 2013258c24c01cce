import type { RunningSandbox } from '@isthmus/sandbox';

/** The parts of an rc file that tests write. */
export interface RcFile {
  plugins: string[];
  connections: Record<'psa' | 'finops', Record<string, unknown>>;
  connectionSets: {
    main: {
      connections: Record<string, string>;
      organizations: Record<string, string | null>;
      timeZone?: string;
    };
  };
  integrations: Record<string, IntegrationEntry>;
  store?: { path: string };
  logging?: { level: string; file: string };
}

export interface IntegrationEntry {
  template: string;
  connectionSet: string;
  parameters?: Record<string, unknown>;
  fields?: string[];
  overrides?: Record<string, Record<string, Record<string, unknown>>>;
  maxQuarantined?: number | string;
  maxDeletes?: number | string;
  tasks?: Record<string, { maxQuarantined?: number | string; maxDeletes?: number | string; onDelete?: unknown }>;
}

/** The environment variable that holds the client secret. */
export const SECRET_VARIABLE = 'CUSTOMER_SECRET';

/** What a customer of the sample company writes: contracts from PSA to F&O, everything else at its default. */
export function rcFileFor({ psa, finops, token, clientId }: RunningSandbox): RcFile {
  const signIn = { tokenUrl: token.url, clientId, clientSecret: `\${env:${SECRET_VARIABLE}}` };
  return {
    plugins: ['@isthmus/plugin-contracts'],
    connections: {
      psa: { kind: 'dataverse', url: psa.url, ...signIn },
      finops: { kind: 'finops', url: finops.url, ...signIn },
    },
    connectionSets: {
      main: {
        connections: { psa: 'psa', finops: 'finops' },
        organizations: { 'Contoso US': 'USSI', 'Contoso Global': 'USMF' },
      },
    },
    integrations: { contracts: { template: 'projects-and-contracts', connectionSet: 'main' } },
  };
}
