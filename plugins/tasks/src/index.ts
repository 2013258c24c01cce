import { Plugin } from '@isthmus/core';
import { ProjectTasks } from './template.js';

@Plugin({ name: '@isthmus/plugin-tasks', core: '0.x', templates: [ProjectTasks] })
export default class TasksPlugin {}
