import type { Clock, EventBus } from '@isthmus/core';
import { Pool } from 'undici';
import { errors, type Where } from '../errors.js';
import { excerpt } from '../excerpt.js';
import { backoffMs } from './backoff.js';
import { budgetOf, type Budget } from './budget.js';
import { Course, type CourseOptions, type Setback } from './course.js';
import { exchange, type RawAnswer, type RawRequest } from './exchange.js';
import { classify, type Failure } from './failure.js';
import { retryAfterMs } from './retry-after.js';
import { safeUrl } from './safe-url.js';
import { judgeStatus, type Verdict } from './verdict.js';

export interface TransportOptions {
  readonly connection: string;
  /** Scheme, host and port. */
  readonly origin: string;
  readonly identity: string;
  readonly clock: Clock;
  readonly events?: EventBus | undefined;
  readonly concurrency?: number | undefined;
  readonly connectTimeoutMs?: number | undefined;
  readonly readTimeoutMs?: number | undefined;
  readonly retries?: number | undefined;
  readonly retryBudgetMs?: number | undefined;
}

export interface TransportRequest extends RawRequest {
  readonly idempotent: boolean;
  /** Value of the `Authorization` header, asked for right before each attempt so that none grows old in the queue. */
  readonly authorization?: () => Promise<string>;
}

type Outcome =
  | { readonly verdict: 'answer'; readonly answer: RawAnswer }
  | ({ readonly verdict: Exclude<Verdict, 'answer'> } & Setback);

/** Sends requests to one origin: in the order of their coming, within the target's budget, again where that is harmless. */
export class Transport {
  private readonly budget: Budget;
  private readonly pool: Pool;
  private readonly leaveBudget: () => void;
  private readonly course: CourseOptions;

  constructor(private readonly options: TransportOptions) {
    const { origin, identity, concurrency = 8, connectTimeoutMs = 10_000, readTimeoutMs = 180_000 } = options;
    const { clock, events, retries = 5, retryBudgetMs = 600_000 } = options;
    this.course = { clock, events, retries, retryBudgetMs };
    this.budget = budgetOf(origin, identity);
    this.leaveBudget = this.budget.join(concurrency);
    this.pool = new Pool(origin, {
      connections: concurrency,
      connectTimeout: connectTimeoutMs,
      headersTimeout: readTimeoutMs,
      bodyTimeout: readTimeoutMs,
    });
  }

  /** @returns any answer that is one, whatever its status */
  async send(request: TransportRequest): Promise<RawAnswer> {
    const where = { connection: this.options.connection, method: request.method, url: safeUrl(request.url) };
    const course = new Course(where, this.course, request.signal);
    for (;;) {
      const outcome = await this.attempt(request, course);
      if (outcome.verdict === 'answer') return outcome.answer;
      await course.retry(this.delay(outcome, course));
    }
  }

  /**
   * For a service that asks for a pause inside an answer, as the parts of a batch do.
   *
   * @param sentAt when the request that was answered so had started
   */
  pause(ms: number, sentAt: number): void {
    this.budget.throttled(this.options.clock.now(), ms, sentAt);
  }

  async close(): Promise<void> {
    this.leaveBudget();
    await this.pool.close();
  }

  private delay({ verdict, ...setback }: Exclude<Outcome, { verdict: 'answer' }>, course: Course): number {
    if (verdict === 'lost') throw errors.ODATA_ANSWER_LOST({ ...course.where, reason: setback.reason }, setback);
    if (verdict === 'again') return backoffMs(course.fault(setback));
    course.throttled(setback);
    return this.budget.pausedFor(this.options.clock.now());
  }

  private async attempt(request: TransportRequest, course: Course): Promise<Outcome> {
    const { clock } = this.options;
    request.signal?.throwIfAborted();
    await this.budget.enter(request.signal);
    try {
      const authorization = await request.authorization?.();
      const headers = authorization === undefined ? request.headers : { ...request.headers, authorization };
      for (let pause = this.budget.pausedFor(clock.now()); pause > 0; pause = this.budget.pausedFor(clock.now())) {
        await course.wait(pause);
      }
      request.signal?.throwIfAborted();
      course.attempts++;
      return await this.exchange({ ...request, headers }, course);
    } finally {
      this.budget.leave();
    }
  }

  /** Nothing may happen between the last look at the budget and this. */
  private async exchange(request: TransportRequest, course: Course): Promise<Outcome> {
    const { clock, events } = this.options;
    const sentAt = clock.now();
    let answer: RawAnswer;
    try {
      answer = await exchange(this.pool, request);
    } catch (thrown) {
      request.signal?.throwIfAborted();
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      events?.emit('request.failed', { ...course.where, reason, durationMs: clock.now() - sentAt });
      return this.failed(thrown, request, course.where);
    }
    const now = clock.now();
    events?.emit('request.sent', { ...course.where, status: answer.status, durationMs: now - sentAt });
    const promisedMs = retryAfterMs(answer.headers, now);
    const verdict = judgeStatus(answer.status, promisedMs !== undefined, request);
    if (verdict === 'pause') this.budget.throttled(now, promisedMs ?? backoffMs(course.attempts), sentAt);
    else this.budget.answered();
    return verdict === 'answer' ? { verdict, answer } : { verdict, reason: describe(answer) };
  }

  private failed(thrown: unknown, request: TransportRequest, where: Where): Outcome {
    const failure = classify(thrown);
    if (!failure) throw thrown;
    if (failure.kind !== 'unanswered') {
      const cause = this.noConnection(failure, where, thrown);
      if (failure.kind === 'untrusted' || !this.budget.reached) throw cause;
      return { verdict: 'again', reason: failure.reason, cause };
    }
    return { verdict: request.idempotent ? 'again' : 'lost', reason: failure.reason, cause: thrown };
  }

  private noConnection({ kind, code, reason }: Failure, { connection }: Where, cause: unknown): Error {
    const { hostname: host, port, protocol } = new URL(this.options.origin);
    if (kind === 'untrusted') return errors.ODATA_TLS({ connection, host, code, reason }, { cause });
    const standardPort = protocol === 'https:' ? '443' : '80';
    return errors.ODATA_UNREACHABLE({ connection, host, port: port || standardPort, code }, { cause });
  }
}

function describe({ status, text }: RawAnswer): string {
  const said = excerpt(text);
  return said === '' ? `status ${status}` : `status ${status}, ${said}`;
}
