export const SYSTEMS = ['psa', 'finops', 'token'] as const;
export type System = (typeof SYSTEMS)[number];

export const FAULT_KINDS = ['status', 'html', 'drop-before', 'drop-after', 'torn', 'latency'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** What shall go wrong, and for which requests. */
export interface Fault {
  readonly system: System;
  readonly kind: FaultKind;
  /** First segment of the path, `$batch` included; every one where left out. */
  readonly set?: string;
  readonly method?: string;
  /** Of `status` and `html`. */
  readonly status?: number;
  /** Seconds, sent as Retry-After. */
  readonly retryAfter?: number;
  /** Milliseconds, of `latency`. */
  readonly delay?: number;
  /** How many requests it hits. */
  readonly times: number;
}

/** The faults that are still to come; each request takes the first that fits it. */
export class FaultPlan {
  private faults: { readonly fault: Fault; left: number }[] = [];

  add(faults: readonly Fault[]): void {
    this.faults.push(...faults.map((fault) => ({ fault, left: fault.times })));
  }

  clear(): void {
    this.faults = [];
  }

  take(system: System, method: string, set: string): Fault | undefined {
    if (this.faults.length === 0) return undefined;
    const found = this.faults.find(
      ({ fault }) =>
        fault.system === system &&
        (fault.method === undefined || fault.method === method) &&
        (fault.set === undefined || fault.set === set),
    );
    if (!found) return undefined;
    if (--found.left <= 0) this.faults = this.faults.filter((other) => other !== found);
    return found.fault;
  }
}
