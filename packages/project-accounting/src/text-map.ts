import { ValidateBy } from 'class-validator';

/** PSA option → text. */
export type TextMap = Readonly<Record<string, string>>;

/** Rule of a parameter: a text for each option. */
export const IsTextMap = (): PropertyDecorator =>
  ValidateBy({
    name: 'isTextMap',
    validator: {
      validate: (value) =>
        isMap(value) && Object.values(value).every((text) => typeof text === 'string' && text !== ''),
      defaultMessage: () => '$property must give a text for each option, such as { 1: Net30 }',
    },
  });

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
