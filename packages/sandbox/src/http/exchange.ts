import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Controls, Disturbable, Fault, LogEntry } from '../faults/index.js';
import type { ODataResponse } from '../odata/index.js';
import { deliver } from './deliver.js';
import { injectedAnswer, type Wording } from './injected.js';

/** A request on its way through what is to go wrong with it. */
export interface Exchange {
  readonly controls: Controls;
  readonly wording: Wording;
  readonly asked: Disturbable;
  /** What the log keeps of it. */
  readonly kept: Pick<LogEntry, 'headers' | 'body'>;
  /** The real answer. @param fault that came with it */
  readonly answer: (fault: Fault | undefined) => Promise<ODataResponse>;
  /** How many operations it held, once it was answered. */
  readonly operations: () => number;
}

/** Answers a request, unless it is to go wrong, and notes it down. */
export async function exchange(
  request: FastifyRequest,
  reply: FastifyReply,
  { controls, wording, asked, kept, answer, operations }: Exchange,
): Promise<FastifyReply> {
  const ts = new Date().toISOString();
  const started = performance.now();
  const fault = controls.faults.take('request', asked);
  const clock = controls.faults.take('clock', asked);
  const response =
    fault?.kind === 'drop-before' ? undefined : ((fault && injectedAnswer(fault, wording)) ?? (await answer(fault)));
  const sent = fault?.kind === 'drop-after' ? undefined : response;
  const retryAfter = response?.headers['retry-after'];
  const { system, method, url, set } = asked;
  controls.log.add({
    system,
    method,
    url,
    set,
    ...kept,
    status: sent?.status ?? 0,
    ms: Math.round((performance.now() - started) * 10) / 10,
    ts,
    operations: operations(),
    ...(retryAfter === undefined ? {} : { retryAfter: Number(retryAfter) }),
    ...(fault && { fault: fault.kind }),
  });
  return deliver(request, reply, sent, { fault, clock });
}

/** A fault that makes a request take longer takes its time. */
export async function sitOut(fault: Fault | undefined): Promise<void> {
  if (fault?.kind === 'latency') await delay(fault.delay ?? 0);
}

/** Headers with one text each. */
export function flatHeaders({ headers }: FastifyRequest): Record<string, string | undefined> {
  const flat: Record<string, string | undefined> = {};
  for (const name in headers) {
    const value = headers[name];
    flat[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return flat;
}
