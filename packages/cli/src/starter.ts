/** What `isthmus init` asks for. */
export interface StarterAnswers {
  readonly psaUrl: string;
  readonly finopsUrl: string;
  readonly tenant: string;
  readonly clientId: string;
  readonly unit: string;
  readonly legalEntity: string;
}

export const PLACEHOLDERS: StarterAnswers = {
  psaUrl: 'https://your-org.crm.dynamics.com',
  finopsUrl: 'https://your-org.operations.dynamics.com',
  tenant: 'your-tenant.onmicrosoft.com',
  clientId: '00000000-0000-0000-0000-000000000000',
  unit: 'Contoso US',
  legalEntity: 'USSI',
};

/** A first rc file, with the comments that make it understood. */
export function starterFile(answers: StarterAnswers): string {
  // JSON's texts are YAML's, and need no thought about what YAML would take for something else.
  const { psaUrl, finopsUrl, tenant, clientId, unit, legalEntity } = quoted(answers);
  return `# Isthmus: what is connected, and what is integrated. \`isthmus config schema\` describes every key.

# Packages that bring templates, installed beside this file: npm install @isthmus/plugin-contracts
plugins:
  - "@isthmus/plugin-contracts"

# The systems. Secrets are referred to, never written here: \${env:NAME} or \${file:path}.
connections:
  psa:
    kind: dataverse
    url: ${psaUrl}
    tenant: ${tenant}
    clientId: ${clientId}
    clientSecret: "\${env:ISTHMUS_CLIENT_SECRET}"
  finops:
    kind: finops
    url: ${finopsUrl}
    tenant: ${tenant}
    clientId: ${clientId}
    clientSecret: "\${env:ISTHMUS_CLIENT_SECRET}"

# Which systems belong together, and which organisational unit of PSA is which legal entity of F&O.
connectionSets:
  main:
    connections: { psa: psa, finops: finops }
    organizations:
      ${unit}: ${legalEntity}
    # The time zone in which dates were entered.
    timeZone: UTC

# What is carried out by \`isthmus run\`.
integrations:
  contracts:
    template: projects-and-contracts
    connectionSet: main
`;
}

const quoted = (answers: StarterAnswers): StarterAnswers => ({
  psaUrl: JSON.stringify(answers.psaUrl),
  finopsUrl: JSON.stringify(answers.finopsUrl),
  tenant: JSON.stringify(answers.tenant),
  clientId: JSON.stringify(answers.clientId),
  unit: JSON.stringify(answers.unit),
  legalEntity: JSON.stringify(answers.legalEntity),
});
