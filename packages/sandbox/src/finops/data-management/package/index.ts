export { MappingIncorrect, packageOfFile, readDataFile, type DataFile } from './data-file.js';
export { PackageFault } from './fault.js';
export type { Manifest, PackageEntity } from './manifest.js';
export { readPackage, type DataPackage } from './read.js';
export { csvFile, writePackage, type ExportedEntity } from './write.js';
