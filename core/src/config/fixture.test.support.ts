import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import type { IsthmusError } from '../errors/index.js';
import { Parameter } from '../parameters/index.js';
import { environmentSecrets, fileSecrets } from '../secrets/index.js';
import { findConfiguration, validateConfiguration, type Configuration, type InstalledPieces } from './index.js';

class Certificate {
  @Parameter({ doc: 'Thumbprint of the certificate.' }) @Matches(/^[0-9A-F]{40}$/) thumbprint!: string;
  @Parameter({ doc: 'PEM text.', secret: true }) @IsString() privateKey!: string;
}

class DataverseOptions {
  @Parameter({ doc: 'Address of the environment.', example: 'https://contoso.crm4.dynamics.com' })
  @IsUrl({ require_tld: false })
  url!: string;
  @Parameter({ doc: 'Directory (tenant) id.' }) @IsOptional() @MaxLength(36) tenant?: string;
  @Parameter({ doc: 'Client secret.', secret: true }) @IsOptional() @IsString() clientSecret?: string;
  @Parameter({ doc: 'Client certificate.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => Certificate)
  certificate?: Certificate;
  @Parameter({ doc: 'Requests at a time.' }) @IsInt() @Min(1) @Max(52) concurrency = 4;
}

class FinopsOptions {
  @Parameter({ doc: 'Address of the environment.' }) @IsUrl({ require_tld: false }) url!: string;
  @Parameter({ doc: 'Entity → public collection.' }) collections: Record<string, string> = {};
}

class ContractParameters {
  @Parameter({ doc: 'Origin written to every row.' }) @IsString() @MaxLength(30) sourceDataId = 'Isthmus';
  @Parameter({ doc: 'Left out where it is null.' }) @IsOptional() @MaxLength(9) note: string | null = 'none';
  @Parameter({ doc: 'Forecast model.' }) @IsString() model!: string;
  @Parameter({ doc: 'How money is rounded.' }) @IsIn(['up', 'down']) rounding = 'up';
}

const fields = [
  { name: 'ProjectContractID', optional: false },
  { name: 'Name', optional: false },
  { name: 'CustomerReference', optional: true },
];

/** Two kinds of connection and a template in two versions. */
export const INSTALLED: InstalledPieces = {
  connectors: [
    { kind: 'dataverse', options: DataverseOptions },
    { kind: 'finops', options: FinopsOptions },
  ],
  templates: [1, 2].map((version) => ({
    name: 'projects-and-contracts',
    version,
    title: 'Projects and contracts',
    parameters: ContractParameters,
    tasks: [
      { name: 'project-contracts', fields },
      { name: 'projects', fields: [{ name: 'ProjectID', optional: false }] },
    ],
    roles: ['psa', 'finops'],
  })),
  sections: [],
};

/** A temporary folder with rc files in it. */
export class Folder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'isthmus-config-')));

  write(name: string, text: string): string {
    const file = join(this.path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }

  async load(
    environment: Record<string, string> = {},
    configPath?: string,
    installed = INSTALLED,
  ): Promise<Configuration> {
    const document = await findConfiguration({ cwd: this.path, configPath });
    return validateConfiguration(document, installed, [environmentSecrets(environment), fileSecrets()]);
  }

  /** What is wrong with the files: the faults of CONFIG_INVALID, or the one error that came before. */
  async faults(environment: Record<string, string> = {}, installed = INSTALLED): Promise<readonly IsthmusError[]> {
    try {
      await this.load(environment, undefined, installed);
      return [];
    } catch (thrown) {
      const error = thrown as IsthmusError;
      return (error.details['faults'] as IsthmusError[] | undefined) ?? [error];
    }
  }
}

export const CONNECTIONS = `
connections:
  psa: { kind: dataverse, url: "https://psa.example" }
  finops: { kind: finops, url: "https://finops.example" }
`;

export const CONNECTION_SETS = `
connectionSets:
  main:
    connections: { psa: psa, finops: finops }
    organizations: { Contoso US: USSI, Contoso Robotics UK: null }
    timeZone: Europe/Berlin
`;

export const INTEGRATIONS = `
integrations:
  contracts:
    template: projects-and-contracts
    connectionSet: main
    parameters: { model: O_forecast }
`;
