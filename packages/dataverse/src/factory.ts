import type { ConnectorFactory } from '@isthmus/core';
import { DataverseConnector } from './connector.js';
import { DataverseOptions } from './options.js';

/** Connections of kind `dataverse`: Project Service Automation on Dataverse. */
export const dataverseConnector: ConnectorFactory<DataverseOptions> = {
  kind: 'dataverse',
  options: DataverseOptions,
  create: (connection, services) => new DataverseConnector(connection, services),
};
