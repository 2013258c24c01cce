import { defineErrors, error } from '../errors/index.js';

export const templateErrors = defineErrors('@isthmus/core', {
  TEMPLATE_NOT_DECORATED: error<{ name: string }>({
    recovery: 'fatal',
    message: ({ name }) => `${name} is listed as a template but is not decorated with @Template.`,
    cause: 'A plugin lists a class that declares no template.',
    remedy: 'Decorate the class with @Template({ name, title, version, direction, tasks }).',
  }),
  TEMPLATE_TASK_DOUBLE: error<{ task: string }>({
    recovery: 'fatal',
    message: ({ task }) => `The template has two tasks named '${task}'.`,
    cause: 'Cross-references and held records are kept by task name, so names must differ.',
    remedy: 'Rename one of the two tasks.',
  }),
  TEMPLATE_DOUBLE: error<{ template: string; other: string }>({
    recovery: 'fatal',
    message: ({ template, other }) => `The template '${template}' is already provided by ${other}.`,
    cause: 'Two plugins ship a template of the same name and version.',
    remedy: 'Remove one of the two plugins from the rc file.',
  }),
  TEMPLATE_UNKNOWN: error<{ template: string; nearest?: string | undefined; installed: string }>({
    recovery: 'fatal',
    message: ({ template, nearest, installed }) =>
      `There is no template '${template}'${nearest ? `; the nearest name is '${nearest}'` : ''} (installed: ${installed}).`,
    cause: 'No installed plugin ships the template.',
    remedy: 'Correct the name, or install the plugin and list it under `plugins` in the rc file.',
  }),
});
