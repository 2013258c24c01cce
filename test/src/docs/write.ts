import { writeFileSync } from 'node:fs';
import { repositoryFile } from '../support/repository.js';
import { errorsDocument } from './errors-document.js';

writeFileSync(repositoryFile('docs/errors.md'), errorsDocument());
