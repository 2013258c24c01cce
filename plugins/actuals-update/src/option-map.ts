import type { TextMap } from '@isthmus/project-accounting';
import { ValidateBy } from 'class-validator';

/** Symbol of F&O → option value of PSA. */
export type OptionMap = Readonly<Record<string, number>>;

/** The way back of what a template maps on the way there. */
export const backwards = (map: TextMap): OptionMap =>
  Object.fromEntries(Object.entries(map).map(([option, symbol]) => [symbol, Number(option)]));

/** Rule of a parameter: each symbol leads to one of the options that the column has in PSA. */
export const IsOptionMap = (options: Readonly<Record<string, number>>): PropertyDecorator => {
  const allowed = new Set(Object.values(options));
  return ValidateBy({
    name: 'isOptionMap',
    validator: {
      validate: (value) => isMap(value) && Object.values(value).every((option) => allowed.has(option)),
      defaultMessage: () => `$property must give one of the options ${[...allowed].join(', ')} for each symbol`,
    },
  });
};

const isMap = (value: unknown): value is Readonly<Record<string, number>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
