import { dice } from '../company/index.js';
import type { Fault, StandingFault } from './fault.js';
import { kindOf } from './kinds.js';
import type { System } from './kinds.js';

/** What a fault may choose by. */
export interface Disturbable {
  readonly system: System;
  readonly method: string;
  /** First segment of the path. */
  readonly set: string;
  readonly url: string;
  readonly body: string;
}

interface Standing {
  readonly fault: Fault;
  readonly id: number;
  readonly roll: (index: number) => number;
  /** How many have fitted so far. */
  seen: number;
  hits: number;
}

const WHOLE = 2 ** 32;

/** The faults that are still to come. */
export class FaultPlan {
  private standing: Standing[] = [];
  private lastId = 0;

  add(faults: readonly Fault[]): StandingFault[] {
    const added = faults.map((fault): Standing => {
      const id = ++this.lastId;
      return { fault, id, roll: dice(fault.seed ?? id, 'faults'), seen: 0, hits: 0 };
    });
    this.standing.push(...added);
    return added.map(shown);
  }

  list(): StandingFault[] {
    return this.standing.map(shown);
  }

  /** @returns whether there was one */
  remove(id: number): boolean {
    const before = this.standing.length;
    this.standing = this.standing.filter((one) => one.id !== id);
    return this.standing.length < before;
  }

  clear(): void {
    this.standing = [];
  }

  /** The first fault that fits and whose turn it is. */
  take(what: ReturnType<typeof kindOf>['on'], asked: Disturbable): Fault | undefined {
    if (this.standing.length === 0) return undefined;
    // Each that fits counts, also where another one comes first: that is how faults take turns.
    const due = this.standing.filter(({ fault }) => kindOf(fault.kind).on === what && fits(fault, asked)).filter(isDue);
    const [taken] = due;
    if (!taken) return undefined;
    taken.hits++;
    if (taken.hits >= (taken.fault.times ?? Infinity)) this.remove(taken.id);
    return taken.fault;
  }
}

function fits({ system, kind, method, set, row }: Fault, asked: Disturbable): boolean {
  return (
    system === asked.system &&
    (method === undefined || method === asked.method) &&
    (set === undefined || set === asked.set) &&
    (row === undefined || asked.body.includes(row) || decoded(asked.url).includes(row)) &&
    (kind !== 'expired-delta-token' || /[?&](?:\$|%24)deltatoken=/i.test(asked.url))
  );
}

function isDue(standing: Standing): boolean {
  const { after = 0, every = 1, probability = 1 } = standing.fault;
  const index = standing.seen++ - after;
  return index >= 0 && index % every === 0 && standing.roll(index) < probability * WHOLE;
}

const shown = ({ fault, id, hits }: Standing): StandingFault => ({ id, ...fault, hits });

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
