import { token } from '../container/index.js';
import type { Clock, ConfigurationSection, ConnectorFactory, SecretSource, StateStoreFactory } from '../ports/index.js';

/** The kinds of system that connections may name. Several plugins may add to it. */
export const CONNECTORS = token<ConnectorFactory>('connectors');

/** Parts of the rc file beyond those that core knows itself. Several plugins may add to it. */
export const CONFIGURATION_SECTIONS = token<ConfigurationSection>('configuration-sections');

/** Where state is kept. */
export const STATE_STORE = token<StateStoreFactory>('state-store');

/** Schemes of `${scheme:name}` references. Several plugins may add to it. */
export const SECRET_SOURCES = token<SecretSource>('secret-sources');

export const CLOCK = token<Clock>('clock');
