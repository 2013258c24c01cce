import { CONFIGURATION_SECTIONS, Plugin, provide } from '@isthmus/core';
import { TELEMETRY } from './settings.js';

/** Lets the rc file speak of telemetry. */
@Plugin({
  name: '@isthmus/telemetry',
  core: '0.x',
  providers: [provide(CONFIGURATION_SECTIONS, { useValue: TELEMETRY })],
})
export class TelemetryPlugin {}
