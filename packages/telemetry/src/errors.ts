import { defineErrors, error } from '@isthmus/core';

export const telemetryErrors = defineErrors('@isthmus/telemetry', {
  TELEMETRY_NOT_DELIVERED: error<{ endpoint: string; reason: string }>({
    recovery: 'skip',
    message: ({ endpoint, reason }) => `Telemetry could not be sent to ${endpoint}: ${reason}.`,
    cause:
      'The collector cannot be reached, refuses what it is sent, or gives no answer in time. Runs go on without it.',
    remedy: 'Check `telemetry.endpoint` and `telemetry.headers`, and that the collector takes OTLP over HTTP.',
  }),
});
