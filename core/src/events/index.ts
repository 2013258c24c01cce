import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter } from 'eventemitter3';
import type { Activity, Events } from './events.js';

export type { Activity, Events } from './events.js';
export { EVENT_LEVELS } from './levels.js';

type Listeners = { [E in keyof Events]: (event: Events[E]) => void };

/** Typed by `Events`. One per process root; every run, connector and display shares it. */
export class EventBus extends EventEmitter<Listeners> {
  private readonly activities = new AsyncLocalStorage<Activity>();

  /** What `work` emits, however deep inside and however much goes on at once, belongs to the activity. */
  within<T>(activity: Activity, work: () => T): T {
    return this.activities.run({ ...this.activity, ...activity }, work);
  }

  /** For a listener: what the event that it is being told of belongs to; empty outside of any run. */
  get activity(): Activity {
    return this.activities.getStore() ?? {};
  }
}
