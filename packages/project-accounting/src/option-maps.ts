import { ValidateBy } from 'class-validator';

/** PSA option → text of F&O. */
export type TextMap = Readonly<Record<string, string>>;

/** Text of F&O → PSA option. */
export type OptionMap = Readonly<Record<string, number>>;

/** The way back of what a template maps on the way there. */
export const backwards = (map: TextMap): OptionMap =>
  Object.fromEntries(Object.entries(map).map(([option, text]) => [text, Number(option)]));

/** Rule of a parameter: a text for each option. */
export const IsTextMap = (): PropertyDecorator =>
  ValidateBy({
    name: 'isTextMap',
    validator: {
      validate: (value) => isMapOf(value, (text) => typeof text === 'string' && text !== ''),
      defaultMessage: () => '$property must give a text for each option, such as { 1: Net30 }',
    },
  });

/** Rule of a parameter: each text leads to one of the options that the column has in PSA. */
export const IsOptionMap = (options: Readonly<Record<string, number>>): PropertyDecorator => {
  const allowed: readonly unknown[] = Object.values(options);
  return ValidateBy({
    name: 'isOptionMap',
    validator: {
      validate: (value) => isMapOf(value, (option) => allowed.includes(option)),
      defaultMessage: () => `$property must give one of the options ${allowed.join(', ')} for each symbol`,
    },
  });
};

const isMapOf = (value: unknown, isSound: (member: unknown) => boolean): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isSound);
