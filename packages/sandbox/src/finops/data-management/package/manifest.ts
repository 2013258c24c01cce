import { ENTITY_MEMBERS, MANIFEST_MEMBERS, MAP_MEMBERS, Members, type MemberOrder } from './members.js';
import { parseXml, type XmlElement } from './xml.js';

/** Of Manifest.xml and PackageHeader.xml. */
export const NAMESPACE = 'http://schemas.microsoft.com/dynamics/2015/01/DataManagement';

/** One column of the data file and the field of the entity that it goes to; those of a composite have its entity in front. */
export interface FieldMap {
  readonly column: string;
  readonly field: string;
}

/** When an entity has its turn: units run side by side, in each of them level after level and sequence after sequence. */
export interface Placing {
  readonly executionUnit: number;
  readonly level: number;
  readonly sequence: number;
}

export interface PackageEntity {
  /** Label of the data entity, as data management shows it. */
  readonly entityName: string;
  readonly file: string;
  /** `CSV`, `CSV-Unicode`, `XML-Element`, `XML-Attribute`, `EXCEL`. */
  readonly format: string;
  /** `FullPush`, or `Incremental`; of a template for exports. */
  readonly refreshType: string;
  /** Of a workbook: the sheet; empty is the first one. */
  readonly sheet: string;
  readonly fields: readonly FieldMap[];
  readonly disabled: boolean;
  readonly placing: Placing;
  readonly failLevelOnError: boolean;
  readonly failUnitOnError: boolean;
}

export interface Manifest {
  readonly definitionGroup: string;
  readonly description: string;
  readonly entities: readonly PackageEntity[];
}

const NOTHING: Manifest = { definitionGroup: '', description: '', entities: [] };

/**
 * The manifest of a package, which its header announces. An element of another namespace is none of either: nothing is
 * said of it, and nothing imported.
 *
 * @throws PackageFault
 */
export function readManifest(header: string, manifest: string, order: MemberOrder): Manifest {
  const announced = isKnown(parseXml(header, 'PackageHeader.xml'), 'DataManagementPackageHeader');
  const root = parseXml(manifest, 'Manifest.xml');
  if (!announced || !isKnown(root, 'DataManagementPackageManifest')) return NOTHING;
  const members = new Members(root, MANIFEST_MEMBERS, order);
  return {
    definitionGroup: members.text('DefinitionGroupName'),
    description: members.text('Description'),
    entities: members.list('PackageEntityList').map((element) => readEntity(element, order)),
  };
}

const isKnown = ({ namespace, name }: XmlElement, expected: string): boolean =>
  namespace === NAMESPACE && name === expected;

function readEntity(element: XmlElement, order: MemberOrder): PackageEntity {
  const members = new Members(element, ENTITY_MEMBERS, order);
  return {
    entityName: members.text('EntityName'),
    file: members.text('InputFilePath'),
    format: members.text('SourceFormat'),
    refreshType: members.text('DefaultRefreshType'),
    sheet: members.text('ExcelSheetName'),
    fields: members.list('EntityMapList').map((each) => {
      const map = new Members(each, MAP_MEMBERS, order);
      return { column: map.text('XMLField'), field: map.text('EntityField') };
    }),
    disabled: members.isSet('Disable'),
    placing: {
      executionUnit: members.ordinal('ExecutionUnit'),
      level: members.ordinal('LevelInExecutionUnit'),
      sequence: members.ordinal('SequenceInLevel'),
    },
    failLevelOnError: members.isSet('FailLevelOnError'),
    failUnitOnError: members.isSet('FailExecutionUnitOnError'),
  };
}

/** `ProjCDSContractLineImportEntity/CONTRACTID` → the entity, and the field; the entity is empty where none is named. */
export function splitPath(path: string): { element: string; name: string } {
  const at = path.lastIndexOf('/');
  return { element: path.slice(0, Math.max(at, 0)).split('/').at(-1) ?? '', name: path.slice(at + 1) };
}
