import type { EventBus } from '../events/index.js';
import type { ParameterClass } from '../parameters/index.js';
import type { Clock } from './clock.js';
import type { Connector } from './connector.js';
import type { TextCache } from './text-cache.js';

/** A kind of system that connections may name. Registered under `CONNECTORS`, one per kind. */
export interface ConnectorFactory<Options extends object = object> {
  /** As in `connections.*.kind`. */
  readonly kind: string;
  /** What a connection of this kind is configured with. */
  readonly options: ParameterClass<Options>;
  create(connection: ConnectionSettings<Options>, services: ConnectorServices): Connector;
  /** What an entity is usually called on the wire, where templates name it otherwise. Needs no connection. */
  wireName?(entity: string): string;
}

export interface ConnectionSettings<Options extends object = object> {
  /** Name of the connection in the rc file. */
  readonly name: string;
  /** An instance of the factory's options class, validated, secrets resolved. */
  readonly options: Options;
}

export interface ConnectorServices {
  readonly events: EventBus;
  readonly clock: Clock;
  /** For what takes long to ask for, such as metadata. */
  readonly cache?: TextCache;
}
