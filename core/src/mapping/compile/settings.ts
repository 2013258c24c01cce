import { nearest } from '../../text/index.js';
import { mappingErrors } from '../errors.js';
import { isParameterReference, type Setting } from '../field-map.js';

export type Parameters = Readonly<Record<string, unknown>>;

/** The setting itself, or the parameter's value that it names. */
export function valueOf<T>(setting: Setting<T>, parameters: Parameters): T {
  if (!isParameterReference(setting)) return setting;
  const { parameter } = setting;
  if (!(parameter in parameters)) {
    const known = Object.keys(parameters);
    throw mappingErrors.MAPPING_PARAMETER_UNKNOWN({ parameter, known: nearest(parameter, known) ?? known.join(', ') });
  }
  return (parameters[parameter] ?? null) as T;
}
