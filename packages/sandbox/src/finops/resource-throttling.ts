import { IsOptional, IsPositive, Min } from 'class-validator';
import { HasValues } from '../checks/index.js';
import { Refusal } from '../odata/index.js';

export type Priority = 'high' | 'medium' | 'low';

const isPriority = (value: unknown): boolean => ['high', 'medium', 'low'].includes(String(value));

/** How much Finance & Operations can do; beyond a share of it, it puts requests off, the unimportant ones first. */
export class ResourceLimits {
  /** Work, in milliseconds of all requests together, that fits into one window. */
  @Min(0)
  readonly capacityMs!: number;
  /** Length of the window, 10 unless told. */
  @IsOptional()
  @IsPositive()
  readonly windowSeconds?: number;
  /** As in *Throttling priority mapping*: client id → priority; `medium` unless mapped. */
  @IsOptional()
  @HasValues(isPriority, 'high, medium or low')
  readonly priorities?: Readonly<Record<string, Priority>>;
  /** Seconds that are asked for; 5 unless told. */
  @IsOptional()
  @Min(0)
  readonly retryAfter?: number;
}

/** Share of the capacity that may be in use when a request of this priority comes. */
const SHARES: Readonly<Record<Priority, number>> = { low: 0.6, medium: 0.8, high: 1 };

export const HIGH_RESOURCE_USE =
  'This request could not be processed at this time due to system experiencing high resource utilization.';

/** Resource-based throttling: what counts is how busy the system is, not what a single user asks for. */
export class ResourceThrottling {
  private finished: { readonly at: number; readonly ms: number }[] = [];
  private readonly running = new Set<{ readonly at: number }>();

  constructor(
    private readonly limits: ResourceLimits,
    private readonly now: () => number = Date.now,
  ) {}

  /** Lets a request in; `leave` is to be called when it is done. */
  admit(clientId: string): { readonly headers: Record<string, string>; readonly leave: () => void } | Refusal {
    const refusal = this.refusalFor(clientId);
    if (refusal) return refusal;
    const request = { at: this.now() };
    this.running.add(request);
    const leave = (): void => {
      const at = this.now();
      this.running.delete(request);
      this.finished.push({ at, ms: at - request.at });
    };
    return { headers: {}, leave };
  }

  /** What somebody is told of this client's next operation, where there is no room for it. */
  refusalFor(clientId: string): Refusal | undefined {
    const { capacityMs, priorities = {}, retryAfter = 5 } = this.limits;
    if (this.usedMs() < capacityMs * SHARES[priorities[clientId] ?? 'medium']) return undefined;
    return new Refusal(429, '', HIGH_RESOURCE_USE, { 'retry-after': String(retryAfter) });
  }

  private usedMs(): number {
    const now = this.now();
    const start = now - (this.limits.windowSeconds ?? 10) * 1000;
    this.finished = this.finished.filter(({ at }) => at > start);
    let used = 0;
    for (const { ms } of this.finished) used += ms;
    for (const { at } of this.running) used += now - at;
    return used;
  }
}
