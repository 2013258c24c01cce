export { enumMembers, finopsEnums, finopsModel } from './finops/index.js';
export { APPLICATION_USER, optionSets, psaModel } from './psa/index.js';
export type { EdmType, EntityModel, EnumModel, LookupModel, PropertyModel, RequiredLevel } from './types.js';
