import { FAULT_KINDS, kindOf, PARTICULARS, SYSTEMS } from './kinds.js';
import type { FaultKind, System } from './kinds.js';

/** What shall go wrong, for which requests, and how often. */
export interface Fault {
  readonly system: System;
  readonly kind: FaultKind;
  /** First segment of the path, `$batch` included; every one where left out. */
  readonly set?: string;
  readonly method?: string;
  /** Text that the address or the body must hold: the number of a row that always fails, for example. */
  readonly row?: string;
  /** Of `status`, `html` and `refuse`. */
  readonly status?: number;
  /** Of `refuse`: what is said in the place of the sandbox's own words. */
  readonly text?: string;
  /** Seconds, sent as Retry-After. */
  readonly retryAfter?: number;
  /** Milliseconds, of `latency` and `slow`. */
  readonly delay?: number;
  /** Seconds by which the answers' `Date` is ahead (or, negative, behind), of `clock-skew`. */
  readonly skew?: number;
  /** How many it hits; all that are to come where left out. */
  readonly times?: number;
  /** Lets so many pass first. */
  readonly after?: number;
  /** Hits one in so many. */
  readonly every?: number;
  /** Hits with this probability, 0 to 1. */
  readonly probability?: number;
  /** The same seed hits the same ones. */
  readonly seed?: number;
}

/** A fault that waits for its requests. */
export interface StandingFault extends Fault {
  readonly id: number;
  /** How many requests or operations it has hit. */
  readonly hits: number;
}

const text = { type: 'string', minLength: 1 };
const count = { type: 'integer', minimum: 1 };
const amount = { type: 'number', minimum: 0 };

/** JSON Schema of a list of faults. */
export const FAULT_LIST = {
  type: 'array',
  items: {
    type: 'object',
    required: ['system', 'kind'],
    additionalProperties: false,
    properties: {
      system: { enum: SYSTEMS },
      kind: { enum: FAULT_KINDS },
      set: text,
      method: text,
      row: text,
      status: { type: 'integer', minimum: 200, maximum: 599 },
      text,
      retryAfter: amount,
      delay: amount,
      skew: { type: 'number' },
      times: count,
      after: { type: 'integer', minimum: 0 },
      every: count,
      probability: { type: 'number', minimum: 0, maximum: 1 },
      seed: { type: 'integer', minimum: 0 },
    },
  },
};

/** How a token request can't be chosen: it names no entity set, and its body, which holds a secret, isn't looked into. */
const NOT_OF_TOKENS = ['set', 'row'] as const;

/** Why a fault would never do what it says; undefined where it can. */
export function contradictionIn(fault: Fault): string | undefined {
  const { system, kind } = fault;
  const { on, systems, takes, needs } = kindOf(kind);
  if (!systems.includes(system)) {
    return `A fault of the kind '${kind}' does not happen to '${system}': it goes with ${systems.join(' and ')}.`;
  }
  const choice = NOT_OF_TOKENS.find((name) => system === 'token' && fault[name] !== undefined);
  if (choice) return `Requests for a token have no '${choice}' to be chosen by.`;
  if (on === 'operation' && fault.set === '$batch') {
    return `A fault of the kind '${kind}' hits operations, and '$batch' is none: it holds them.`;
  }
  if (fault.probability === 0) return "A fault with the 'probability' 0 never strikes.";
  if (needs && !fault[needs]) return `A fault of the kind '${kind}' does nothing without '${needs}'.`;
  const idle = PARTICULARS.find((name) => fault[name] !== undefined && !takes.includes(name));
  return idle && `A fault of the kind '${kind}' has no use for '${idle}'.`;
}
