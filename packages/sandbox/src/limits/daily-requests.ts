import { IsIn, IsInt, IsOptional, Min } from 'class-validator';
import { Refusal } from '../odata/index.js';
import type { Admitted } from './service-protection.js';

/** What a user is entitled to in 24 hours, counted in operations. */
export class DailyRequests {
  @IsInt()
  @Min(1)
  readonly limit!: number;
  /** What is beyond the limit is `reported` only, or `refused` until there is room; reported. */
  @IsOptional()
  @IsIn(['reported', 'refused'])
  readonly beyond?: 'reported' | 'refused';
}

/** What one user has asked for in the last 24 hours. */
export interface UserUsage {
  /** By the client id of its token. */
  readonly user: string;
  readonly operations: number;
  /** None where nothing is limited. */
  readonly limit?: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60 * 1000;

/** Operations of one minute: they leave the window together, with the last of them. */
interface Minute {
  readonly minute: number;
  latest: number;
  operations: number;
}

/** Counts the operations of each user over the last 24 hours. */
export class DailyCount {
  private readonly users = new Map<string, Minute[]>();

  constructor(
    private readonly entitlement: DailyRequests = { limit: Infinity },
    private readonly now: () => number = Date.now,
  ) {}

  /** Lets a request in, which says on leaving how many operations it was; the last one may go beyond the limit. */
  admit(user: string): Admitted | Refusal {
    const { limit, beyond } = this.entitlement;
    const minutes = this.minutesOf(user);
    if (beyond === 'refused' && total(minutes) >= limit) return this.tooMany(minutes);
    return { headers: {}, leave: (operations) => this.add(minutes, operations) };
  }

  /** All who have asked for anything. */
  report(): UserUsage[] {
    const { limit } = this.entitlement;
    return [...this.users.keys()]
      .map((user) => ({ user, operations: total(this.minutesOf(user)), ...(limit < Infinity && { limit }) }))
      .filter(({ operations }) => operations > 0);
  }

  private add(minutes: Minute[], operations = 0): void {
    const latest = this.now();
    const minute = Math.floor(latest / MINUTE_MS);
    const last = minutes.at(-1);
    if (last?.minute !== minute) {
      minutes.push({ minute, latest, operations });
      return;
    }
    last.latest = latest;
    last.operations += operations;
  }

  private tooMany(minutes: readonly Minute[]): Refusal {
    const { limit } = this.entitlement;
    let left = total(minutes);
    const relief = minutes.find(({ operations }) => (left -= operations) < limit)?.latest ?? this.now();
    const seconds = Math.max(1, Math.ceil((relief + DAY_MS - this.now()) / 1000));
    const message = `Number of requests exceeded the entitlement of ${limit} in 24 hours.`;
    return new Refusal(429, '', message, { 'retry-after': String(seconds) });
  }

  /** Those of the user that are in the window still. */
  private minutesOf(user: string): Minute[] {
    const minutes = this.users.get(user) ?? [];
    this.users.set(user, minutes);
    const start = this.now() - DAY_MS;
    const first = minutes.findIndex(({ latest }) => latest > start);
    minutes.splice(0, first < 0 ? minutes.length : first);
    return minutes;
  }
}

const total = (minutes: readonly Minute[]): number => minutes.reduce((sum, { operations }) => sum + operations, 0);
