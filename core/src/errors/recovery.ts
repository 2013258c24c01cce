/**
 * What the engine may do about a failure. The class is decided where the error is defined, once, so that no caller
 * has to guess from a message.
 *
 * - `fatal`: the run (or command) cannot go on.
 * - `retry`: the same request may succeed later.
 * - `defer`: the record waits for another one.
 * - `quarantine`: the record is kept whole, with the reason, and the others go on.
 * - `skip`: nothing is lost by leaving it out.
 */
export type Recovery = 'fatal' | 'retry' | 'defer' | 'quarantine' | 'skip';
