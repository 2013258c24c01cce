import type { Incident } from '@isthmus/core';

/** What somebody is told. Stable shape: it is the body of a web hook. */
export interface Notification {
  readonly event: 'opened' | 'recovered';
  readonly kind: Incident['kind'];
  readonly integration: string;
  /** Since when; ISO 8601, UTC. */
  readonly since: string;
  /** Now; ISO 8601, UTC. */
  readonly at: string;
  /** The run that showed it; null where there was none. */
  readonly run: string | null;
  /** One line. */
  readonly subject: string;
  /** Some lines, for people. */
  readonly text: string;
}

/** The same with every text passed through `redact`. */
export const redacted = (notification: Notification, redact: (text: string) => string): Notification => ({
  ...notification,
  subject: redact(notification.subject),
  text: redact(notification.text),
});
