import { corePackage } from '@isthmus/core';
import { VERSION } from '../version.js';
import { ok, type Finding } from './finding.js';

const OLDEST_NODE = [20, 19] as const;

export function* examineVersions(): Generator<Finding, void, void> {
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  const supported = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  yield supported
    ? ok('versions', 'node', node)
    : {
        section: 'versions',
        name: 'node',
        status: 'failed',
        message: `${node} is older than ${OLDEST_NODE.join('.')}.`,
        remedy: 'Install a supported version of Node.js.',
      };
  yield ok('versions', '@isthmus/core', `${corePackage?.version} in ${corePackage?.folder}`);
  yield ok('versions', '@isthmus/cli', VERSION);
}
