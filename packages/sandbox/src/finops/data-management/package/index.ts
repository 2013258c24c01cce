export { packageOfFile, readDataFile } from './data-file.js';
export { MappingIncorrect, PackageFault } from './fault.js';
export {
  csv,
  documentShapeOf,
  formatOf,
  isExcel,
  readDocument,
  writeDocument,
  type DataFile,
  type DocumentRow,
} from './formats/index.js';
export { splitPath, type FieldMap, type Manifest, type PackageEntity, type Placing } from './manifest.js';
export { readPackage, type DataPackage } from './read.js';
export { writePackage, type ExportedEntity } from './write.js';
export { MEMBER_ORDERS, type MemberOrder } from './members.js';
