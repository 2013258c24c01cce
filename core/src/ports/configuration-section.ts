import type { ParameterClass } from '../parameters/index.js';

/** A part of the rc file that an installed package brings, and describes. Registered under `CONFIGURATION_SECTIONS`. */
export interface ConfigurationSection<Settings extends object = object> {
  /** Key of the section. */
  readonly name: string;
  /** Once in the file, or once in every integration. */
  readonly of: 'file' | 'integration';
  /** One line for the JSON Schema. */
  readonly doc: string;
  readonly settings: ParameterClass<Settings>;
}
