import { Plugin } from '@isthmus/core';
import { ProjectsAndContractsV1, ProjectsAndContractsV2 } from './templates.js';

@Plugin({
  name: '@isthmus/plugin-contracts',
  core: '0.x',
  templates: [ProjectsAndContractsV1, ProjectsAndContractsV2],
})
export default class ContractsPlugin {}
