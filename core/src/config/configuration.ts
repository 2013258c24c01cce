import type { IsthmusError, Place } from '../errors/index.js';
import type { FieldOverride, OnDelete } from '../mapping/index.js';
import type { PluginReference } from '../plugin/index.js';
import type { ConnectionSettings, StateStoreSettings } from '../ports/index.js';
import type { SecretVault } from '../secrets/index.js';
import type { ConfigNode } from './node.js';
import type { BroughtSection } from './section-in.js';

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const DEFAULTS = { timeZone: 'UTC', storePath: '.isthmus/state.db', logLevel: 'info' } as const;

/** An rc file, validated: defaults filled in, secrets resolved, paths absolute. */
export interface Configuration {
  /** Absolute path of the rc file. */
  readonly file: string;
  readonly plugins: readonly PluginReference[];
  readonly connections: ReadonlyMap<string, ConfiguredConnection>;
  readonly connectionSets: ReadonlyMap<string, ConnectionSet>;
  readonly integrations: ReadonlyMap<string, Integration>;
  readonly store: StateStoreSettings;
  /** Without a file, nothing is logged to one. */
  readonly logging: { readonly level: LogLevel; readonly file?: string };
  /** What plugins have brought besides: `sectionIn` finds one, with its type. */
  readonly sections: readonly BroughtSection[];
  /** Every output goes through its `redact`. */
  readonly secrets: SecretVault;
  readonly warnings: readonly IsthmusError[];
  /** The values as they stand in the files. */
  readonly root: ConfigNode;
}

/** Its options are an instance of the options class of its kind. */
export interface ConfiguredConnection extends ConnectionSettings {
  readonly kind: string;
}

/** Two connections and how their organisations map. */
export interface ConnectionSet {
  readonly name: string;
  /** Role, as templates name the sides of their direction → connection. */
  readonly connections: ReadonlyMap<string, string>;
  /** Organisational unit → legal entity; null where its records are left out on purpose. */
  readonly organizations: ReadonlyMap<string, string | null>;
  /** IANA name. */
  readonly timeZone: string;
}

/** So many records, or a share of those read (of deletes, of those known): `20`, `5%`. */
export type Threshold = number | string;

/** What an integration sets for one task. */
export interface TaskSettings {
  readonly maxQuarantined?: Threshold;
  readonly maxDeletes?: Threshold;
  /** Comes before what the template says. */
  readonly onDelete?: OnDelete;
}

/** A template bound to a connection set. */
export interface Integration {
  readonly name: string;
  /** `name@version`. */
  readonly template: string;
  readonly connectionSet: string;
  /** Every declared parameter, by name. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Optional fields that are switched on. */
  readonly fields: readonly string[];
  /** Task → destination field → field map. */
  readonly overrides: Readonly<Record<string, Readonly<Record<string, FieldOverride>>>>;
  /** A task that quarantines more stops before it does harm. */
  readonly maxQuarantined?: Threshold;
  /** A task that would delete or deactivate more stops before it does. */
  readonly maxDeletes?: Threshold;
  /** By task; comes before what the integration says. */
  readonly tasks: Readonly<Record<string, TaskSettings>>;
  readonly place: Place;
}
