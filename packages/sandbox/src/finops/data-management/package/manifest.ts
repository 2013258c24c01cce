import { childOf, parseXml, textOf, type XmlElement } from './xml.js';

/** Of Manifest.xml and PackageHeader.xml. */
export const NAMESPACE = 'http://schemas.microsoft.com/dynamics/2015/01/DataManagement';

/** One column of the data file and the field of the entity that it goes to; those of a composite have its entity in front. */
export interface FieldMap {
  readonly column: string;
  readonly field: string;
}

export interface PackageEntity {
  /** Label of the data entity, as data management shows it. */
  readonly entityName: string;
  readonly file: string;
  /** `CSV`, `CSV-Unicode`, `XML-Element`, `XML-Attribute`, `EXCEL`. */
  readonly format: string;
  /** Of a workbook: the sheet; empty is the first one. */
  readonly sheet: string;
  readonly fields: readonly FieldMap[];
  readonly disabled: boolean;
  readonly executionUnit: number;
  readonly level: number;
  readonly sequence: number;
  readonly failLevelOnError: boolean;
  readonly failUnitOnError: boolean;
}

export interface Manifest {
  readonly definitionGroup: string;
  readonly description: string;
  readonly entities: readonly PackageEntity[];
}

/** An element of another namespace is not one of the manifest: nothing is said of it, and nothing imported. */
export function readManifest(text: string, file: string): Manifest {
  const root = parseXml(text, file);
  const known = root.namespace === NAMESPACE && root.name === 'DataManagementPackageManifest';
  return {
    definitionGroup: known ? textOf(root, 'DefinitionGroupName') : '',
    description: known ? textOf(root, 'Description') : '',
    entities: known ? (childOf(root, 'PackageEntityList')?.children ?? []).map(readEntity) : [],
  };
}

function readEntity(element: XmlElement): PackageEntity {
  const text = (name: string) => textOf(element, name);
  const isSet = (name: string) => /^(?:true|yes|1)$/i.test(text(name));
  const entityName = text('EntityName');
  return {
    entityName,
    file: text('InputFilePath'),
    format: text('SourceFormat'),
    sheet: text('ExcelSheetName'),
    fields: (childOf(element, 'EntityMapList')?.children ?? []).map((map) => ({
      column: textOf(map, 'XMLField'),
      field: textOf(map, 'EntityField'),
    })),
    disabled: isSet('Disable'),
    executionUnit: Number(text('ExecutionUnit')) || 1,
    level: Number(text('LevelInExecutionUnit')) || 1,
    sequence: Number(text('SequenceInLevel')) || 1,
    failLevelOnError: isSet('FailLevelOnError'),
    failUnitOnError: isSet('FailExecutionUnitOnError'),
  };
}

/** `ProjCDSContractLineImportEntity/CONTRACTID` → the entity, and the field; the entity is empty where none is named. */
export function splitPath(path: string): { element: string; name: string } {
  const at = path.lastIndexOf('/');
  return { element: path.slice(0, Math.max(at, 0)).split('/').at(-1) ?? '', name: path.slice(at + 1) };
}
