export type {
  Configuration,
  ConfiguredConnection,
  ConnectionSet,
  Integration,
  LogLevel,
  TaskSettings,
  Threshold,
} from './configuration.js';
export { findConfiguration } from './document.js';
export type { ConfigurationDocument } from './document.js';
export { effectiveConfiguration } from './effective.js';
export { configErrors } from './errors.js';
export type { InstalledConnector, InstalledPieces, InstalledTask, InstalledTemplate } from './installed.js';
export type { JsonSchema, JsonValue } from './json.js';
export { configurationSchema } from './schema.js';
export { sectionIn } from './section-in.js';
export type { BroughtSection } from './section-in.js';
export { validateConfiguration } from './validate.js';
