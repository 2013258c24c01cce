import { plainToInstance, TransformationType } from 'class-transformer';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import type { SourceRow, Value } from '../../values/index.js';
import type { MappingClass } from '../field-map.js';

type Transform = (value: Value, row: SourceRow) => Value;

/**
 * class-transformer's `@Type` and `@Transform` on a property, read once and called directly; in the library's own
 * order: the type first, then the transforms.
 *
 * @returns undefined where the property has neither
 */
export function compileTransforms(target: MappingClass, property: string): Transform | undefined {
  const steps: Transform[] = [];
  const typeMetadata = defaultMetadataStorage.findTypeMetadata(target, property);
  if (typeMetadata) steps.push(typeStep(typeMetadata.typeFunction?.()));
  const found = defaultMetadataStorage.findTransformMetadatas(target, property, TransformationType.PLAIN_TO_CLASS);
  for (const { transformFn } of found) {
    steps.push(
      (value, row) =>
        transformFn({ value, key: property, obj: row, type: TransformationType.PLAIN_TO_CLASS, options: {} }) as Value,
    );
  }
  if (steps.length === 0) return undefined;
  return (value, row) => steps.reduce((current, step) => step(current, row), value);
}

function typeStep(type: unknown): Transform {
  const unlessNull =
    (convert: (value: Exclude<Value, null>) => Value): Transform =>
    (value) =>
      value === null ? null : convert(value);
  switch (type) {
    case String:
      return unlessNull(String);
    case Number:
      return unlessNull(Number);
    case Boolean:
      return unlessNull(Boolean);
    case Date:
      // Rows travel as text; a date type means "this is a moment".
      return unlessNull((value) => new Date(String(value)).toISOString());
    default:
      return (value) => plainToInstance(type as MappingClass, value) as unknown as Value;
  }
}
