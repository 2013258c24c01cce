import { Parameter, type ConfigurationSection } from '@isthmus/core';
import { IsObject, IsString, IsUrl } from 'class-validator';

/** Where traces, metrics and logs go. */
export class TelemetrySettings {
  @Parameter({
    doc: 'Address of an OpenTelemetry collector that takes OTLP over HTTP, without /v1/….',
    example: 'http://localhost:4318',
  })
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  endpoint!: string;
  @Parameter({ doc: 'Headers, for example for signing in.', secret: true }) @IsObject() headers: Record<
    string,
    string
  > = {};
  @Parameter({ doc: 'Name under which this installation is shown.' }) @IsString() service = 'isthmus';
}

export const TELEMETRY: ConfigurationSection<TelemetrySettings> = {
  name: 'telemetry',
  of: 'file',
  doc: 'Traces, metrics and logs to an OpenTelemetry collector.',
  settings: TelemetrySettings,
};
