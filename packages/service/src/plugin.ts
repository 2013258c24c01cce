import { CONFIGURATION_SECTIONS, Plugin, provide } from '@isthmus/core';
import { EXPECTATION, HISTORY, NOTIFICATIONS, SCHEDULE, SERVICE } from './settings/index.js';

/** Lets the rc file speak of schedules, expectations, notifications, the service and the history. */
@Plugin({
  name: '@isthmus/service',
  core: '0.x',
  providers: [SCHEDULE, EXPECTATION, SERVICE, NOTIFICATIONS, HISTORY].map((section) =>
    provide(CONFIGURATION_SECTIONS, { useValue: section }),
  ),
})
export class ServicePlugin {}
