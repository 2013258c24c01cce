import type { ConnectorFactory } from '@isthmus/core';
import { FinopsConnector } from './connector.js';
import { publicCollectionOf } from './entities/index.js';
import { FinopsOptions } from './options.js';

/** Connections of kind `finops`: Dynamics 365 Finance & Operations. */
export const finopsConnector: ConnectorFactory<FinopsOptions> = {
  kind: 'finops',
  options: FinopsOptions,
  wireName: publicCollectionOf,
  create: (connection, services) => new FinopsConnector(connection, services),
};
