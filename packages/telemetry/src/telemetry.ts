import { sectionIn, type Configuration, type EventBus } from '@isthmus/core';
import { TELEMETRY } from './settings.js';

/**
 * Sends traces, metrics and logs of what happens during `work` where an endpoint is configured. Without one, nothing of
 * OpenTelemetry is even loaded.
 */
export async function observed<T>(configuration: Configuration, events: EventBus, work: () => Promise<T>): Promise<T> {
  const settings = sectionIn(configuration, TELEMETRY);
  if (!settings) return work();
  const { exportTo } = await import('./exporting.js');
  const end = exportTo(settings, configuration, events);
  try {
    return await work();
  } finally {
    await end();
  }
}
