export { ASK, compileMapping } from './compile.js';
export type {
  CompiledLegalEntity,
  CompiledLookup,
  CompiledMapping,
  CompiledNeed,
  CompiledReference,
  CompileSettings,
  FieldMaster,
  MappedRow,
} from './compile.js';
export { organizationPaths, pathsRead } from './paths.js';
export { pathsOf } from './read.js';
export { valueOf } from './settings.js';
export type { Parameters } from './settings.js';
