export { templateErrors } from './errors.js';
export { templateId, TemplateRegistry } from './registry.js';
export type { RegisteredTemplate } from './registry.js';
export { Template, templateOf } from './template.js';
export type { Prerequisite, PrerequisiteContext, TemplateClass, TemplateDeclaration } from './template.js';
