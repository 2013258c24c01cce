import { IsDuration, Parameter, type ConfigurationSection } from '@isthmus/core';
import { IsIn, IsOptional, ValidateBy, ValidateIf } from 'class-validator';
import { IsCron } from './cron-rule.js';

const IsAlternativeTo = (other: string): PropertyDecorator =>
  ValidateBy({
    name: 'isAlternativeTo',
    validator: {
      validate: (_value, context) => (context?.object as Record<string, unknown>)[other] === undefined,
      defaultMessage: () => `either \`every\` or \`cron\` may be given, not both`,
    },
  });

/** When an integration runs: at intervals, or at the times of a cron expression. */
export class ScheduleSettings {
  @Parameter({ doc: 'From the start of one run to the start of the next.', example: '15m' })
  @ValidateIf(({ cron, every }: ScheduleSettings) => cron === undefined || every !== undefined)
  @IsDuration()
  every?: string;

  @Parameter({
    doc: 'Cron expression of five parts, in the time zone of the connection set.',
    example: '0 6 * * 1-5',
  })
  @IsOptional()
  @IsAlternativeTo('every')
  @IsCron()
  cron?: string;

  @Parameter({
    doc: 'Runs whose time passed while the service was down or the run before was still under way: one at once, or none.',
  })
  @IsIn(['once', 'skip'])
  missed: 'once' | 'skip' = 'once';
}

export const SCHEDULE: ConfigurationSection<ScheduleSettings> = {
  name: 'schedule',
  of: 'integration',
  doc: 'When `isthmus start` runs the integration.',
  settings: ScheduleSettings,
};
