import { writeFileSync } from 'node:fs';
import { repositoryFile } from '../support/repository.js';
import { errorsDocument } from './errors-document.js';
import { isthmus, pluginReadmes } from './plugin-readmes.js';

writeFileSync(repositoryFile('docs/errors.md'), errorsDocument());

for (const { name, file } of pluginReadmes) {
  const { status, stderr } = await isthmus('docs', 'templates', '--plugin', name, '--into', file);
  if (status !== 0) throw new Error(stderr);
}
