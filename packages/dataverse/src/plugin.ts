import { CONNECTORS, Plugin, provide } from '@isthmus/core';
import { dataverseConnector } from './factory.js';

/** Lets connections be of kind `dataverse`. */
@Plugin({
  name: '@isthmus/dataverse',
  core: '0.x',
  providers: [provide(CONNECTORS, { useValue: dataverseConnector })],
})
export class DataversePlugin {}
