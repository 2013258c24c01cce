import { Plugin } from '@isthmus/core';
import { Actuals } from './template.js';

@Plugin({ name: '@isthmus/plugin-actuals', core: '0.x', templates: [Actuals] })
export default class ActualsPlugin {}
