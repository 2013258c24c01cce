import { CONNECTORS, Plugin, provide } from '@isthmus/core';
import { finopsConnector } from './factory.js';

/** Lets connections be of kind `finops`. */
@Plugin({ name: '@isthmus/finops', core: '0.x', providers: [provide(CONNECTORS, { useValue: finopsConnector })] })
export class FinopsPlugin {}
