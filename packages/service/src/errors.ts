import { defineErrors, error } from '@isthmus/core';

export const serviceErrors = defineErrors('@isthmus/service', {
  SERVICE_NOTHING_SCHEDULED: error({
    recovery: 'fatal',
    message: () => 'No integration has a schedule.',
    cause: 'The service runs integrations by their `schedule`, and the rc file has none.',
    remedy: 'Add for example `schedule: { every: 15m }` to an integration.',
  }),
  SERVICE_STOPPED: error({
    recovery: 'retry',
    message: () => 'The run was stopped together with the service.',
    cause: 'The service was told to stop. The batch under way was finished and is remembered.',
    remedy: 'Nothing to do: the next run goes on where it stopped.',
  }),
  SERVICE_STOP_OVERDUE: error<{ integrations: string; within: string }>({
    recovery: 'retry',
    message: ({ integrations, within }) =>
      `The service stops although a run has not ended within ${within}: ${integrations}.`,
    cause: 'A batch was still under way at the end of the time that `service.stopWithin` allows.',
    remedy:
      'Nothing to do: the next run looks what became of the batch. Where it happens often, raise `service.stopWithin`.',
  }),
  SERVICE_CANNOT_LISTEN: error<{ host: string; port: number; reason: string }>({
    recovery: 'fatal',
    message: ({ host, port, reason }) => `The health endpoint cannot listen on ${host}:${port} (${reason}).`,
    cause: 'Another process uses the port, or this user may not use the address.',
    remedy: 'Choose another port or address in `service.health`, or end the other process.',
  }),
  SERVICE_SCHEDULE_FAILED: error<{ integration: string; message: string }>({
    recovery: 'retry',
    message: ({ integration, message }) => `The scheduled run of '${integration}' could not begin: ${message}`,
    cause: 'Something failed before there was a run, so that the history does not have it.',
    remedy: 'See the message. The service tries again at the next time of the schedule.',
  }),
  NOTIFICATION_REFUSED: error<{ status: number }>({
    recovery: 'retry',
    message: ({ status }) => `It answered with status ${status}.`,
    cause: 'The web hook did not take the message.',
    remedy: 'Check its address and headers under `notifications`.',
  }),
  NOTIFICATION_NOT_DELIVERED: error<{ channel: string; subject: string; reason: string; attempts: number }>({
    recovery: 'retry',
    message: ({ channel, subject, reason, attempts }) =>
      `'${subject}' could not be sent by ${channel} (attempt ${attempts}): ${reason}`,
    cause: 'The mail server or the web hook refused the message, could not be reached, or gave no answer in time.',
    remedy: 'Check `notifications` in the rc file. The message is kept and sent again, at last once an hour.',
  }),
});
