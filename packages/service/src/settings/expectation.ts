import { IsDuration, Parameter, type ConfigurationSection } from '@isthmus/core';
import { IsInt, Min } from 'class-validator';

/** What always comes. Where it does not, somebody is told. */
export class ExpectationSettings {
  @Parameter({ doc: 'Records created, updated or deleted.' }) @IsInt() @Min(1) records = 1;

  @Parameter({ doc: 'Within which time.', example: '26h' }) @IsDuration() within!: string;
}

export const EXPECTATION: ConfigurationSection<ExpectationSettings> = {
  name: 'expect',
  of: 'integration',
  doc: 'What the integration always delivers; its absence is an incident.',
  settings: ExpectationSettings,
};
