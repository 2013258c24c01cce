export { ASK, compileMapping, organizationPaths, pathsOf, pathsRead, valueOf } from './compile/index.js';
export type {
  CompiledLegalEntity,
  CompiledLookup,
  CompiledMapping,
  CompiledNeed,
  CompiledReference,
  CompileSettings,
  FieldMaster,
  MappedRow,
  Parameters,
} from './compile/index.js';
export {
  Computed,
  Conditional,
  Constant,
  DateOnly,
  Decimal,
  Default,
  From,
  Guid,
  IntegrationKey,
  is,
  isNot,
  isNotNull,
  isOneOf,
  LegalEntityOf,
  Link,
  LookupByCrossReference,
  LookupByKey,
  LookupInDestination,
  Master,
  NamedBy,
  Needs,
  OfOrganization,
  OptionalField,
  Truncate,
  UtcDateTime,
  ValueMap,
} from './decorators.js';
export { mappingErrors } from './errors.js';
export { parameter } from './field-map.js';
export type {
  DestinationLookup,
  Direction,
  EntityMap,
  OnDelete,
  FieldMap,
  FieldSource,
  MappingClass,
  Narrowing,
  Need,
  ParameterReference,
  Setting,
  ValueKind,
} from './field-map.js';
export { entityMapOf, MapEntity } from './metadata.js';
export type { EntityDeclaration } from './metadata.js';
export { withChoices } from './overrides.js';
export type { FieldChoices, FieldOverride } from './overrides.js';
export { withParameters } from './parameters.js';
export { fieldsOf } from './typed.js';
export type { FieldsOf, PathOf } from './typed.js';
