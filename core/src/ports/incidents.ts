/** What is wrong with an integration, from the run that showed it to the run that showed that it is over. */
export interface Incident {
  readonly integration: string;
  /** `absence`: nothing came where something always comes. */
  readonly kind: 'warning' | 'failure' | 'absence';
  /** ISO 8601, UTC. */
  readonly since: string;
}

/** What somebody is to be told, once, by one channel. */
export interface Dispatch {
  /** As configured, for example `email` or `webhook 1`. */
  readonly channel: string;
  /** JSON; never a secret. */
  readonly message: Readonly<Record<string, unknown>>;
}

export interface WaitingDispatch extends Dispatch {
  readonly id: number;
  /** Attempts so far, this one included. */
  readonly attempts: number;
}

/**
 * Incidents, and the messages about them until they are delivered. An incident changes together with its messages or not
 * at all, so that nobody is told twice and nobody is forgotten, also by a process that is killed in between.
 */
export interface Incidents {
  list(): Promise<Incident[]>;
  /** @returns false, and leaves everything as it is, where the incident is open already */
  open(incident: Incident, dispatches: readonly Dispatch[]): Promise<boolean>;
  /** @returns false, and leaves everything as it is, where the incident is not open */
  close(incident: Pick<Incident, 'integration' | 'kind'>, dispatches: readonly Dispatch[]): Promise<boolean>;
  /**
   * Messages whose time has come. They are this process's until `retryAt`; one that is not `delivered` by then comes again.
   *
   * @param retryAt by the number of attempts, milliseconds since 1970
   */
  take(now: number, retryAt: (attempts: number) => number): Promise<WaitingDispatch[]>;
  delivered(id: number): Promise<void>;
}
