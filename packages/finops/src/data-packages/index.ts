export { DataPackageOptions } from './options.js';
export { PackageWriter } from './writer.js';
