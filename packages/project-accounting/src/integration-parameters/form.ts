/**
 * *Project Service Automation integration parameters*, as templates.md and CDM (`ProjCDSParameters`,
 * `ProjCDSLockingOptionTable`) describe the form: single fields, and tables with a row for each type. A setting is one value
 * of it, named `timeCategory` or `lineProperty.Chargeable`.
 */

/** Fields of the single row that a legal entity has. */
export const FIELDS = {
  integrationEnabled: 'IntegrationEnabled',
  defaultProjectType: 'DefaultProjectType',
  timeCategory: 'TimeCategory',
  feeCategory: 'FeeCategory',
} as const;

export type FieldSetting = keyof typeof FIELDS;

export const FIELDS_ENTITY = 'ProjCDSParametersEntity';

/** A tab with one row for each member of an enumeration. */
export interface Table {
  /** First half of the names of its settings. */
  readonly name: string;
  readonly entity: string;
  /** The enumeration field that is the key. */
  readonly key: string;
  /** What the row says; without one, being there is all that it says. */
  readonly field?: string;
}

export const PROJECT_GROUP: Table = {
  name: 'projectGroup',
  entity: 'ProjCDSProjectGroupDefaultEntity',
  key: 'ProjectType',
  field: 'ProjectGroup',
};

export const LINE_PROPERTY: Table = {
  name: 'lineProperty',
  entity: 'ProjCDSBillingTypeDefaultEntity',
  key: 'BillingType',
  field: 'LinePropertyId',
};

export const LOCKING: Table = { name: 'locking', entity: 'ProjCDSLockingOptionEntity', key: 'LockingOption' };

export const TABLES: readonly Table[] = [PROJECT_GROUP, LINE_PROPERTY, LOCKING];

/** The project types that PSA has too. */
export const PROJECT_TYPES = ['TimeMaterial', 'FixedPrice'];
