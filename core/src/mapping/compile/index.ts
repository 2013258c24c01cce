export { compileMapping } from './compile.js';
export type { CompiledMapping, CompiledReference, CompileSettings, MappedRow } from './compile.js';
export { pathsOf } from './read.js';
export type { Parameters } from './settings.js';
