import { isIsthmusError, type Clock, type EventBus } from '@isthmus/core';
import { Pool } from 'undici';
import { errors, type Where } from '../errors.js';
import { excerpt } from '../excerpt.js';
import { backoffMs } from './backoff.js';
import type { Load } from './batch-size.js';
import { Course, type CourseOptions, type Setback } from './course.js';
import { exchange, type RawAnswer, type RawRequest } from './exchange.js';
import { classify, type Failure } from './failure.js';
import { Interruption } from './interruption.js';
import { retryAfterMs, UNTOLD_PAUSE_MS } from './retry-after.js';
import { safeUrl } from './safe-url.js';
import { targetOf, type Target } from './target.js';
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
  readonly load?: Load | undefined;
  /** Throws where the answer is not whole, with an error to be retried. */
  readonly read?: ((answer: RawAnswer) => void) | undefined;
}

type Outcome =
  | { readonly verdict: 'answer'; readonly answer: RawAnswer }
  | ({ readonly verdict: Exclude<Verdict, 'answer'> } & Setback);

/** Sends requests to one origin: in the order of their coming, within the target's budget, again where that is harmless. */
export class Transport {
  readonly target: Target;
  private readonly pool: Pool;
  private readonly leaveBudget: () => void;
  private readonly course: CourseOptions;

  constructor(private readonly options: TransportOptions) {
    const { origin, identity, concurrency = 8, connectTimeoutMs = 10_000, readTimeoutMs = 180_000 } = options;
    const { clock, events, retries = 5, retryBudgetMs = 600_000 } = options;
    this.course = { clock, events, retries, retryBudgetMs };
    this.target = targetOf(origin, identity);
    this.leaveBudget = this.target.budget.join(concurrency);
    this.pool = new Pool(origin, {
      connections: concurrency,
      connectTimeout: connectTimeoutMs,
      headersTimeout: readTimeoutMs,
      bodyTimeout: readTimeoutMs,
    });
  }

  /** How long one request may wait in all. */
  get patienceMs(): number {
    return this.course.retryBudgetMs;
  }

  /** @returns any answer that is one, whatever its status */
  async send(request: TransportRequest): Promise<RawAnswer> {
    const where = { connection: this.options.connection, method: request.method, url: safeUrl(request.url) };
    const { circuit } = this.target;
    const down = circuit.errorAt(this.options.clock.now());
    if (down) throw down;
    const interruption = new Interruption(request.signal, circuit);
    try {
      const course = new Course(where, this.course, interruption.signal);
      for (;;) {
        const outcome = await this.attempt(request, course, interruption.signal);
        if (outcome.verdict === 'answer') return outcome.answer;
        await course.retry(this.delay(outcome, course));
      }
    } finally {
      interruption.end();
    }
  }

  /**
   * For a service that asks for a pause inside an answer, as the parts of a batch do.
   *
   * @param sentAt when the request that was answered so had started
   */
  pause(ms: number, sentAt: number): void {
    this.target.budget.throttled(this.options.clock.now(), ms, sentAt);
  }

  async close(): Promise<void> {
    this.leaveBudget();
    await this.pool.close();
  }

  private delay({ verdict, ...setback }: Exclude<Outcome, { verdict: 'answer' }>, course: Course): number {
    if (verdict === 'lost') throw errors.ODATA_ANSWER_LOST({ ...course.where, reason: setback.reason }, setback);
    if (verdict === 'again') {
      if (!course.fault(setback)) throw this.givenUp(course);
      return backoffMs(course.faults);
    }
    course.throttled(setback);
    return this.target.budget.pausedFor(this.options.clock.now());
  }

  /** One request alone may be at fault; where nothing at all was answered, the system is down. */
  private givenUp(course: Course): Error {
    const { circuit } = this.target;
    if (circuit.hasAnsweredSince(course.startedAt)) return course.spent();
    const error = course.down();
    circuit.break(this.options.clock.now(), error);
    return error;
  }

  private async attempt(request: TransportRequest, course: Course, interrupted: AbortSignal): Promise<Outcome> {
    const { clock } = this.options;
    const { budget } = this.target;
    interrupted.throwIfAborted();
    await budget.enter(interrupted);
    try {
      const authorization = await request.authorization?.();
      const headers = authorization === undefined ? request.headers : { ...request.headers, authorization };
      for (let pause = budget.pausedFor(clock.now()); pause > 0; pause = budget.pausedFor(clock.now())) {
        await course.wait(pause);
      }
      interrupted.throwIfAborted();
      course.attempts++;
      return await this.exchange({ ...request, headers }, course);
    } finally {
      budget.leave();
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
      return this.failed(thrown, request, course.where, sentAt);
    }
    const now = clock.now();
    events?.emit('request.sent', { ...course.where, status: answer.status, durationMs: now - sentAt });
    const promisedMs = retryAfterMs(answer.headers, now);
    const verdict = judgeStatus(answer.status, promisedMs !== undefined, request);
    this.learn(verdict, answer, request, sentAt, promisedMs ?? UNTOLD_PAUSE_MS);
    if (verdict !== 'answer') return { verdict, reason: describe(answer) };
    return torn(request, answer) ?? { verdict, answer };
  }

  /** What an answer says of the target, besides what it says. */
  private learn(verdict: Verdict, { status }: RawAnswer, { load }: TransportRequest, sentAt: number, pauseMs: number) {
    const { budget, circuit } = this.target;
    const now = this.options.clock.now();
    const ms = now - sentAt;
    budget.reached = true;
    if (verdict === 'pause') {
      circuit.answered(now);
      return budget.throttled(now, pauseMs, sentAt);
    }
    if (status === TIMED_OUT_HERE || status === TIMED_OUT_BEHIND) {
      budget.timedOut(now, sentAt);
      return load?.size.tooMuch(load.operations);
    }
    if (verdict !== 'answer') return;
    budget.answered(now, sentAt, ms);
    // A system that fails over everything is as good as down, whatever it says.
    if (status < FAILED) circuit.answered(now);
    if (status === TOO_LARGE) load?.size.tooMuch(load.operations);
    else load?.size.answered(load.operations, ms);
  }

  private failed(thrown: unknown, request: TransportRequest, where: Where, sentAt: number): Outcome {
    const failure = classify(thrown);
    if (!failure) throw thrown;
    const { budget } = this.target;
    if (failure.kind !== 'unanswered') {
      const cause = this.noConnection(failure, where, thrown);
      if (failure.kind === 'untrusted' || !budget.reached) throw cause;
      return { verdict: 'again', reason: failure.reason, cause };
    }
    if (failure.late) {
      budget.timedOut(this.options.clock.now(), sentAt);
      request.load?.size.tooMuch(request.load.operations);
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

const FAILED = 500;
const TIMED_OUT_HERE = 408;
const TIMED_OUT_BEHIND = 504;
const TOO_LARGE = 413;

/** An answer that is not whole is as good as none, where to ask again does no harm. */
function torn({ read, idempotent }: TransportRequest, answer: RawAnswer): Outcome | undefined {
  try {
    read?.(answer);
    return undefined;
  } catch (thrown) {
    if (!idempotent || !isIsthmusError(thrown) || thrown.recovery !== 'retry') throw thrown;
    return { verdict: 'again', reason: thrown.message, cause: thrown };
  }
}

function describe({ status, text }: RawAnswer): string {
  const said = excerpt(text);
  return said === '' ? `status ${status}` : `status ${status}, ${said}`;
}
