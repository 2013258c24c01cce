import { ValidateBy } from 'class-validator';
import { Cron } from 'croner';

/** Five parts, so that nothing runs every second by a slip of the finger. */
export const cronOf = (expression: string, timezone?: string): Cron =>
  new Cron(expression, { mode: '5-part', paused: true, ...(timezone === undefined ? {} : { timezone }) });

/** @returns what is wrong with it */
function faultOf(expression: unknown): string | undefined {
  if (typeof expression !== 'string') return 'it must be text';
  if (/^\d{4}-/.test(expression)) return 'a date is no cron expression';
  try {
    return cronOf(expression).nextRun() ? undefined : 'its time never comes';
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return reason.replace(/^CronPattern: /, '');
  }
}

export const IsCron = (): PropertyDecorator =>
  ValidateBy({
    name: 'isCron',
    validator: {
      validate: (value) => faultOf(value) === undefined,
      defaultMessage: (context) =>
        `it must be a cron expression of five parts, such as 0 6 * * 1-5: ${faultOf(context?.value) ?? ''}`,
    },
  });
