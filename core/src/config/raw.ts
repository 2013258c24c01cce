import type { FieldOverride } from '../mapping/index.js';
import type { LogLevel, TaskSettings, Threshold } from './configuration.js';

type Named<T> = Readonly<Record<string, T>>;

/** The bare values of a document that satisfies the schema. */
export interface RawConfiguration {
  readonly connections?: Named<{ readonly kind: string }>;
  readonly connectionSets?: Named<RawConnectionSet>;
  readonly integrations?: Named<RawIntegration>;
  readonly store?: { readonly path?: string; readonly actor?: string };
  readonly logging?: { readonly level?: LogLevel; readonly file?: string };
}

export interface RawConnectionSet {
  readonly connections: Named<string>;
  readonly organizations?: Named<string | null>;
  readonly timeZone?: string;
}

export interface RawIntegration {
  readonly template: string;
  readonly connectionSet: string;
  readonly fields?: readonly string[];
  readonly overrides?: Named<Named<FieldOverride>>;
  readonly maxQuarantined?: Threshold;
  readonly maxDeletes?: Threshold;
  readonly tasks?: Named<TaskSettings>;
}
