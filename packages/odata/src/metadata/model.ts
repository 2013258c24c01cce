/** What `$metadata` says of a service, names and types as written there; aliases of namespaces are resolved. */
export interface Metadata {
  /** By the name in the URL (`accounts`). */
  readonly entitySets: ReadonlyMap<string, EntityType>;
  /** By qualified name (`Microsoft.Dynamics.CRM.account`). */
  readonly types: ReadonlyMap<string, EntityType>;
  /** By qualified name. */
  readonly enums: ReadonlyMap<string, EnumType>;
}

export interface EntityType {
  readonly name: string;
  readonly namespace: string;
  /** The entity set that holds it; none for types that are only extended or embedded. */
  readonly set?: string | undefined;
  readonly key: readonly string[];
  /** With those of the base types. */
  readonly properties: ReadonlyMap<string, Property>;
  readonly navigation: ReadonlyMap<string, NavigationProperty>;
  /** Each the names of its properties. From `AlternateKeys` annotations. */
  readonly alternateKeys: readonly (readonly string[])[];
  /** From the `ChangeTracking` annotation; undefined where the service doesn't say. */
  readonly changeTracking?: boolean | undefined;
}

export interface Property {
  readonly name: string;
  /** `Edm.String`, `Edm.Decimal`, or the qualified name of an enum or complex type; `Collection(…)` of one. */
  readonly type: string;
  readonly nullable: boolean;
  readonly maxLength?: number | undefined;
  readonly precision?: number | undefined;
  readonly scale?: number | undefined;
  /** Set by the service, never by a client (`Computed`). */
  readonly computed?: boolean | undefined;
  /** From the `Permissions` annotation, for example `Read` or `ReadWrite`. */
  readonly permissions?: string | undefined;
}

export interface NavigationProperty {
  readonly name: string;
  /** Qualified name of the entity type at the other end. */
  readonly target: string;
  readonly collection: boolean;
  readonly constraints: readonly { readonly property: string; readonly referenced: string }[];
}

export interface EnumType {
  readonly name: string;
  readonly namespace: string;
  /** Symbol → value. */
  readonly members: ReadonlyMap<string, number>;
}
