/**
 * Edm type of a property as `$metadata` shows it; `Enum` is an enumeration, sent as the member's symbol, and `Json` an object
 * or a list, kept as it is sent.
 */
export type EdmType =
  | 'Edm.String'
  | 'Edm.Guid'
  | 'Edm.Boolean'
  | 'Edm.Binary'
  | 'Edm.Int16'
  | 'Edm.Int32'
  | 'Edm.Int64'
  | 'Edm.Decimal'
  | 'Edm.Double'
  | 'Edm.Date'
  | 'Edm.DateTimeOffset'
  | 'Enum'
  | 'Json';

/** How strongly Dataverse asks for a value: `required` binds forms only; `systemrequired` always holds one, given or defaulted. */
export type RequiredLevel = 'none' | 'recommended' | 'required' | 'systemrequired';

/** One column of an entity. Lookups are not properties: see {@link LookupModel}. */
export interface PropertyModel {
  name: string;
  type: EdmType;
  /** Characters; Edm.String only. */
  maxLength?: number;
  nullable: boolean;
  readOnly?: boolean;
  /** Digits after the point; Edm.Decimal only. */
  scale?: number;
  /** Dataverse money column: the property after it, `${name}_base`, is read-only and holds the amount in the base currency. */
  money?: boolean;
  /** Dataverse: an amount in the base currency, computed from that before it. */
  base?: boolean;
  /** Dataverse choice column (type Edm.Int32): the allowed values and their labels. */
  options?: Record<number, string>;
  /** Name of an {@link EnumModel}; given when `type` is `Enum`. */
  enumType?: string;
  /** F&O only: X++ `date` (sent as 12:00 UTC, empty is 1900-01-01) or `utcdatetime`. */
  dateKind?: 'date' | 'dateTime';
  /** Dataverse, Edm.DateTimeOffset: whether people see it in their own time zone, which they do unless told. */
  behavior?: 'UserLocal' | 'TimeZoneIndependent';
  required?: RequiredLevel;
  /** Dataverse: the texts of these columns with a blank between them, put together by the platform. */
  joined?: string[];
  /** What the platform fills in when a create leaves the column out. */
  default?: string | number | boolean;
}

/** A Dataverse lookup: read as `_${attribute}_value`, written through the navigation property of its target. */
export interface LookupModel {
  /** Logical name, for example `customerid`. */
  attribute: string;
  /** More than one target makes the lookup polymorphic. */
  targets: {
    entity: string;
    navigation: string;
    /** Name of the collection on the target's side; `${entity}_${table}_${navigation}` unless told. */
    collection?: string;
  }[];
  /** Rows name their parent by it: the functions Above, Under and their kin follow it. */
  hierarchical?: boolean;
  /** The row holds it and no answer shows it. */
  hidden?: boolean;
  /** What deleting the target does to the row: its lookup is emptied (unless told), it goes too, or it forbids the deletion. */
  onDelete?: 'empty' | 'cascade' | 'restrict';
  /** Kept by the platform; what a client sends for it is left out. */
  readOnly?: boolean;
}

export interface AlternateKeyModel {
  name: string;
  attributes: string[];
  /** Of the index behind it; only an active one finds rows and keeps them apart. Active unless told. */
  status?: KeyIndexStatus;
}

export type KeyIndexStatus = 'Pending' | 'InProgress' | 'Active' | 'Failed';

/** One side of a Dataverse N:N relationship. */
export interface PairEnd {
  entity: string;
  /** Column of the table of pairs that holds the id of this side's row. */
  attribute: string;
  /** Name of the collection on this side. */
  navigation: string;
}

/** Something that an F&O entity does when asked: `POST …/Microsoft.Dynamics.DataEntities.{name}`. */
export interface ActionModel {
  name: string;
  /** Asked of the whole set or of one row. */
  boundTo: 'set' | 'row';
  parameters: { name: string; type: 'Edm.String' | 'Edm.Boolean' | 'Edm.Int32' }[];
  /** A text unless told. */
  returns?: 'Edm.Boolean';
}

/** An F&O navigation property: to the row of another entity whose key ends with the value of a field here. */
export interface NavigationModel {
  navigation: string;
  /** Of this entity. The target's company, where it has one, is this row's own. */
  field: string;
  entity: string;
  /** Name of the way back. */
  collection: string;
}

/** Rows of an elastic table stand or fall one by one, those of a virtual one come from elsewhere and have no alternate keys. */
export type TableKind = 'standard' | 'elastic' | 'virtual';

/** One entity of either system. */
export interface EntityModel {
  /** Dataverse: logical name (`salesorder`). F&O: public entity type (`ProjCDSProjectContract`). */
  name: string;
  /** Entity set (Dataverse) or public collection (F&O): the segment of the URL. */
  set: string;
  /** F&O: what this environment calls the collection, where that is another name. */
  publicSet?: string;
  /** F&O: name of the data entity in the application object tree. */
  aotName?: string;
  /** F&O: label that data management shows. */
  label?: string;
  /** F&O: the table behind the entity, as error texts name it. */
  table?: string;
  /** Dataverse: one guid column. F&O: composite, `dataAreaId` first where the entity is kept per company. */
  primaryKey: string[];
  /** Dataverse: the column whose text stands for the row. */
  primaryName?: string;
  alternateKeys?: AlternateKeyModel[];
  changeTracking?: boolean;
  properties: PropertyModel[];
  lookups: LookupModel[];
  /** Dataverse: rows are the pairs of an N:N relationship; they come and go by associating, and are only read as rows. */
  pairs?: { relationship: string; ends: [PairEnd, PairEnd] };
  /** Dataverse: where the rows are kept; `standard` unless told. */
  kind?: TableKind;
  /** Rows have no etag: they describe, and are never written. */
  unversioned?: boolean;
  /** F&O: rows belong to a legal entity. */
  perCompany?: boolean;
  /** F&O: not to be had over OData; data management alone knows it. */
  unpublished?: boolean;
  /** F&O: only the system itself writes these rows; OData may read them. */
  readOnly?: boolean;
  /** F&O only. */
  actions?: ActionModel[];
  /** F&O only. */
  navigations?: NavigationModel[];
  /** F&O: where more than one table lies behind the entity, the fields of the second, of the third, and so on. */
  furtherTables?: string[][];
}

/** An F&O enumeration; the numeric value of a member is its index. */
export interface EnumModel {
  name: string;
  members: string[];
}
