import { PackageFault } from './fault.js';
import { readManifest, type Manifest } from './manifest.js';
import type { MemberOrder } from './members.js';
import { decodeFile } from './text.js';
import { unzip } from './unzip.js';

export interface DataPackage {
  readonly manifest: Manifest;
  /** By name, without regard to case. */
  readonly file: (name: string) => Uint8Array | undefined;
}

/**
 * Reads a data package: a flat archive of Manifest.xml, PackageHeader.xml and a file for each entity.
 *
 * @throws PackageFault
 */
export function readPackage(bytes: Uint8Array, order: MemberOrder = 'alphabetical'): DataPackage {
  const files = new Map([...unzip(bytes)].map(([name, content]) => [name.toLowerCase(), content]));
  const required = (name: string): string => {
    const content = files.get(name.toLowerCase());
    if (!content) throw new PackageFault(`The package holds no ${name}.`);
    return decodeFile(content).text;
  };
  const manifest = readManifest(required('PackageHeader.xml'), required('Manifest.xml'), order);
  return { manifest, file: (name) => files.get(name.toLowerCase()) };
}
