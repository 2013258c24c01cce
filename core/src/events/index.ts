import { EventEmitter } from 'eventemitter3';
import type { Events } from './events.js';

export type { Events } from './events.js';

type Listeners = { [E in keyof Events]: (event: Events[E]) => void };

/** Typed by `Events`. One per process root; every run, connector and display shares it. */
export class EventBus extends EventEmitter<Listeners> {}
