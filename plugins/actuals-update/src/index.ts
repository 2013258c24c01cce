import { Plugin } from '@isthmus/core';
import { ActualsUpdate } from './template.js';

@Plugin({ name: '@isthmus/plugin-actuals-update', core: '0.x', templates: [ActualsUpdate] })
export default class ActualsUpdatePlugin {}
