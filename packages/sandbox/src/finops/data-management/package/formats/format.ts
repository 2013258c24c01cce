import type { PackageEntity } from '../manifest.js';

/** A data file taken apart: names of its columns, and its rows in their order. */
export interface DataFile {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** How the fields of a row are written: `<Name>…</Name>` inside of the row's element, or `Name="…"` on it. */
export interface DocumentShape {
  readonly fields: 'elements' | 'attributes';
}

/** A source data format of data management. */
export interface DataFormat {
  /** How the names of its files end. */
  readonly extension: string;
  /** Of XML, where a row may embed others. */
  readonly document?: DocumentShape;
  /** @throws PackageFault */
  read(bytes: Uint8Array, entity: PackageEntity): DataFile;
  /** @param element what stands for a row of the entity, where a row has a name */
  write(data: DataFile, element: string): Uint8Array;
}
