import type { Events } from './events.js';

/** How much an event matters. Single records are in the store, whole; in a log they are detail. */
export const EVENT_LEVELS: { readonly [E in keyof Events]: 'debug' | 'info' | 'warn' } = {
  'run.started': 'info',
  'run.finished': 'info',
  'task.started': 'info',
  'task.progress': 'debug',
  'task.finished': 'info',
  'batch.started': 'debug',
  'batch.written': 'debug',
  'batch.failed': 'warn',
  'record.deferred': 'debug',
  'record.quarantined': 'warn',
  'record.conflict': 'warn',
  notice: 'warn',
  conclusion: 'info',
  'request.sent': 'debug',
  'request.failed': 'warn',
  'request.retried': 'warn',
};
