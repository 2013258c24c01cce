export { collectionOf } from './collection-of.js';
export { enumMembers, finopsEnums, finopsFields, finopsModel, withTables, type EnumName } from './finops/index.js';
export {
  APPLICATION_ROLE,
  APPLICATION_USER,
  SYSTEM_ADMINISTRATOR,
  optionSets,
  psaColumns,
  psaModel,
} from './psa/index.js';
export type {
  ActionModel,
  AlternateKeyModel,
  EdmType,
  EntityModel,
  EnumModel,
  KeyIndexStatus,
  LookupModel,
  NavigationModel,
  PropertyModel,
  RequiredLevel,
  TableKind,
} from './types.js';
