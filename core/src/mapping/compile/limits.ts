import type { IsthmusError } from '../../errors/index.js';
import type { FieldDescription } from '../../ports/index.js';
import type { Value } from '../../values/index.js';
import { mappingErrors } from '../errors.js';
import type { FieldMap } from '../field-map.js';

/**
 * What the destination's live metadata demands of a field, tested before a call is spent on it.
 *
 * @param identifies the row cannot be found again without a value
 * @returns undefined where it demands nothing
 */
export function compileLimits(
  field: FieldMap,
  description: FieldDescription | undefined,
  identifies: boolean,
): ((value: Value) => IsthmusError | undefined) | undefined {
  const place = { field: field.name };
  const source = describeSource(field);
  const allowed = description?.maxLength;
  const required = description?.required ?? false;
  if (!identifies && !required && allowed === undefined) return undefined;
  return (value) => {
    if (value === null || value === '') {
      if (identifies) return mappingErrors.RECORD_KEY_EMPTY({ field: field.name, source }, { place });
      return required ? mappingErrors.RECORD_VALUE_MISSING(undefined, { place }) : undefined;
    }
    if (allowed !== undefined && typeof value === 'string' && value.length > allowed) {
      return mappingErrors.RECORD_TOO_LONG({ length: value.length, allowed }, { place });
    }
    return undefined;
  };
}

function describeSource({ source }: FieldMap): string {
  switch (source.kind) {
    case 'from':
      return source.paths.map((path) => (typeof path === 'string' ? path : `parameter ${path.parameter}`)).join(' or ');
    case 'cross-reference':
    case 'legal-entity':
      return source.path;
    default:
      return `the ${source.kind} value`;
  }
}
