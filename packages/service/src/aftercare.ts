import {
  CLOCK,
  durationMs,
  sectionIn,
  type Configuration,
  type PluginHost,
  type RunRecord,
  type StateStore,
} from '@isthmus/core';
import { channelsOf, Notifier } from './notify/index.js';
import { EXPECTATION, HISTORY, HistorySettings, NOTIFICATIONS } from './settings/index.js';
import { Watch } from './watch/index.js';

const DAY_MS = 86_400_000;

/** What is owed after a run and in between: incidents are noted and told, and what is old is forgotten. */
export class Aftercare {
  private readonly watch: Watch;
  private readonly notifier: Notifier;

  constructor(
    private readonly configuration: Configuration,
    private readonly host: PluginHost,
    private readonly store: StateStore,
  ) {
    const notifications = sectionIn(configuration, NOTIFICATIONS);
    const channels = notifications ? channelsOf(notifications) : [];
    const redact = (text: string): string => configuration.secrets.redact(text);
    const clock = host.container.resolve(CLOCK);
    const names = channels.map(({ name }) => name);
    this.watch = new Watch({ store, clock, kinds: notifications?.on ?? [], channels: names, redact });
    this.notifier = new Notifier({ store, clock, events: host.events, channels, redact });
  }

  async afterRun(run: RunRecord): Promise<void> {
    await this.watch.afterRun(run);
    await this.notifier.deliver();
  }

  /** @param since milliseconds since 1970 from which somebody has been looking */
  async inBetween(since: number): Promise<void> {
    for (const integration of this.configuration.integrations.keys()) {
      const expected = sectionIn(this.configuration, EXPECTATION, integration);
      if (expected) await this.watch.afterTime(integration, expected, since);
    }
    await this.notifier.deliver();
  }

  /** Whole days, so that it happens once a day however often it is called. */
  async purge(): Promise<void> {
    const { keep } = sectionIn(this.configuration, HISTORY) ?? new HistorySettings();
    const oldest = this.host.container.resolve(CLOCK).now() - durationMs(keep);
    const before = new Date(oldest - (oldest % DAY_MS)).toISOString();
    const runs = await this.store.runs.purge(before);
    if (runs > 0)
      await this.store.audit.append({ action: 'history.purged', subject: `runs before ${before}`, details: { runs } });
  }
}
