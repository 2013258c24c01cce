import { IsDuration, Parameter, type ConfigurationSection } from '@isthmus/core';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, Min, ValidateNested } from 'class-validator';

export class HealthSettings {
  @Parameter({ doc: 'Port of /health and /ready.' }) @IsInt() @Min(0) @Max(65_535) port = 8086;
  @Parameter({ doc: 'Address to listen on. The answers name integrations and connections, and need no sign-in.' })
  @IsString()
  host = '127.0.0.1';
}

/** The long-running service, `isthmus start`. */
export class ServiceSettings {
  @Parameter({ doc: 'Where its health can be asked for; nowhere without it.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => HealthSettings)
  health?: HealthSettings;
  @Parameter({ doc: 'How long batches under way may take to end when the service is told to stop.' })
  @IsDuration()
  stopWithin = '1m';
}

export const SERVICE: ConfigurationSection<ServiceSettings> = {
  name: 'service',
  of: 'file',
  doc: 'The long-running service, `isthmus start`.',
  settings: ServiceSettings,
};

export class HistorySettings {
  @Parameter({ doc: 'How long runs are remembered. The last one of each integration always is.' })
  @IsDuration()
  keep = '45d';
}

export const HISTORY: ConfigurationSection<HistorySettings> = {
  name: 'history',
  of: 'file',
  doc: 'The run history. The audit trail is not part of it and stays whole.',
  settings: HistorySettings,
};
