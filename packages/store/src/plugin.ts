import { Plugin, provide, STATE_STORE } from '@isthmus/core';
import { openSqliteStore } from './open.js';

/** Keeps state in a SQLite file. */
@Plugin({
  name: '@isthmus/store',
  core: '0.x',
  providers: [provide(STATE_STORE, { useValue: { open: openSqliteStore } })],
})
export class StorePlugin {}
