import { ValidateBy } from 'class-validator';

/** A value for which `holds` is true. @param expected what to say where it is not, behind "must be" */
export const Satisfies = (holds: (value: unknown) => boolean, expected: string): PropertyDecorator =>
  ValidateBy({ name: 'satisfies', validator: { validate: holds, defaultMessage: () => `must be ${expected}` } });

/** An object, each of whose values satisfies `holds`. */
export const HasValues = (holds: (value: unknown) => boolean, expected: string): PropertyDecorator =>
  Satisfies(
    (value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(holds),
    `an object, each of whose values is ${expected}`,
  );
