import { IsInt, IsOptional, IsPositive, Min } from 'class-validator';
import { Refusal } from '../odata/index.js';
import { dataverseWording, type LimitWording, type Said } from './wording.js';

/** Per user and web server, over a sliding window. */
export class ServiceProtectionLimits {
  /** 6000 where Dataverse sets it. */
  @IsOptional()
  @IsInt()
  @Min(1)
  readonly requests?: number;
  /** Combined, 1,200,000 where Dataverse sets it. */
  @IsOptional()
  @IsPositive()
  readonly executionMs?: number;
  /** 52 where Dataverse sets it. */
  @IsOptional()
  @IsInt()
  @Min(1)
  readonly concurrent?: number;
  /** Length of the window, 300 unless told. */
  @IsOptional()
  @IsPositive()
  readonly windowSeconds?: number;
  /** Machines that answer in turn, each with limits of its own; 1 unless told. */
  @IsOptional()
  @IsInt()
  @Min(1)
  readonly webServers?: number;
}

/** As Dataverse sets them. */
export const documentedLimits = { requests: 6000, executionMs: 1_200_000, concurrent: 52, windowSeconds: 300 } as const;

/** A request that was let in. */
export interface Admitted {
  readonly headers: Readonly<Record<string, string>>;
  /** To be called when it is done. @param operations that it was; left out where it was not carried out and does not count */
  readonly leave: (operations?: number) => void;
}

interface Finished {
  readonly at: number;
  readonly ms: number;
}

/** Counts what one user asks for, and refuses what is too much. */
export class ServiceProtection {
  private readonly finished: Finished[] = [];
  private running = 0;
  private spentMs = 0;
  /** When the last refusal said that there is room again. */
  private relief = 0;
  /** Requests that came before that. */
  private early = 0;
  private readonly windowMs: number;

  constructor(
    private readonly limits: ServiceProtectionLimits,
    private readonly now: () => number = Date.now,
    private readonly wording: LimitWording = dataverseWording,
  ) {
    this.windowMs = (limits.windowSeconds ?? documentedLimits.windowSeconds) * 1000;
  }

  /** Lets a request in. A refusal for one too many. */
  admit(): Admitted | Refusal {
    this.forgetOld();
    const { requests = Infinity, executionMs = Infinity, concurrent = Infinity } = this.limits;
    const seconds = this.windowMs / 1000;
    if (this.running >= concurrent) return this.tooMuch(this.wording.concurrent(concurrent), 1);
    if (this.finished.length + this.running >= requests) return this.tooMuch(this.wording.requests(requests, seconds));
    if (this.spentMs >= executionMs) return this.tooMuch(this.wording.executionTime(executionMs, seconds));
    this.early = 0;
    this.running++;
    const at = this.now();
    const leave = (operations?: number): void => {
      this.running--;
      if (operations === undefined) return;
      const ms = this.now() - at;
      this.spentMs += ms;
      this.finished.push({ at: this.now(), ms });
    };
    return { headers: this.headers(), leave };
  }

  /** By these a client may see the limits come near. */
  private headers(): Record<string, string> {
    const { requests, executionMs } = this.limits;
    if (!this.wording.headers) return {};
    return {
      ...(requests && {
        'x-ms-ratelimit-burst-remaining-xrm-requests': String(
          Math.max(0, requests - this.finished.length - this.running),
        ),
      }),
      ...(executionMs && {
        'x-ms-ratelimit-time-remaining-xrm-requests': ((executionMs - this.spentMs) / 1000).toFixed(2),
      }),
    };
  }

  /** Who goes on as if nothing had been said, and does not just have some requests under way, is told to wait longer. */
  private tooMuch([code, message]: Said, seconds = this.secondsUntilRelief()): Refusal {
    const now = this.now();
    if (now < this.relief) this.early++;
    const told = seconds + Math.max(0, this.early - (this.limits.concurrent ?? documentedLimits.concurrent));
    this.relief = now + told * 1000;
    return new Refusal(429, code, message, { 'retry-after': String(told), ...this.headers() });
  }

  private secondsUntilRelief(): number {
    const [oldest] = this.finished;
    return oldest ? Math.max(1, Math.ceil((oldest.at + this.windowMs - this.now()) / 1000)) : 1;
  }

  private forgetOld(): void {
    const start = this.now() - this.windowMs;
    const kept = this.finished.findIndex(({ at }) => at > start);
    for (const { ms } of this.finished.splice(0, kept < 0 ? this.finished.length : kept)) this.spentMs -= ms;
  }
}
