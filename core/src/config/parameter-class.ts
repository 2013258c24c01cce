import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage } from 'class-validator';
import { parametersOf, type ParameterClass } from '../parameters/index.js';
import type { Path } from './node.js';

export type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** class-validator's rules of one property. */
export const rulesOf = (parameterClass: ParameterClass, property: string): Rule[] =>
  getMetadataStorage()
    .getTargetValidationMetadatas(parameterClass, '', false, false)
    .filter(({ propertyName }) => propertyName === property);

/** The class that a property (or every item of it) is an instance of: class-transformer's `@Type`, of a parameter class. */
export function nestedClassOf(parameterClass: ParameterClass, property: string): ParameterClass | undefined {
  const type = defaultMetadataStorage.findTypeMetadata(parameterClass, property)?.typeFunction?.();
  return isParameterClass(type) ? type : undefined;
}

/** @param path from the instance to the value */
export function isSecret(parameterClass: ParameterClass, path: Path): boolean {
  const [property, ...rest] = path;
  const parameter = parametersOf(parameterClass).find(({ name }) => name === property);
  if (!parameter || parameter.secret) return parameter !== undefined;
  const nested = nestedClassOf(parameterClass, parameter.name);
  return nested !== undefined && isSecret(nested, typeof rest[0] === 'number' ? rest.slice(1) : rest);
}

function isParameterClass(type: unknown): type is ParameterClass {
  return (
    typeof type === 'function' && type.prototype instanceof Object && parametersOf(type as ParameterClass).length > 0
  );
}
