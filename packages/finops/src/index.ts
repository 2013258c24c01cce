import type { ConnectorFactory } from '@isthmus/core';
import { FinopsConnector } from './connector.js';
import { FinopsOptions } from './options.js';

export { publicCollectionOf } from './entities/index.js';
export { errors as finopsErrors } from './errors.js';
export { FinopsOptions } from './options.js';

/** Connections of kind `finops`: Dynamics 365 Finance & Operations. */
export const finopsConnector: ConnectorFactory<FinopsOptions> = {
  kind: 'finops',
  options: FinopsOptions,
  create: (connection, services) => new FinopsConnector(connection, services),
};
