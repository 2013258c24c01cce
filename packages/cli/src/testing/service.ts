import { createInterface } from 'node:readline';
import assert from 'node:assert';
import { once } from 'node:events';
import { start, type Surroundings } from './command.js';

export interface ServiceEvent {
  readonly event: string;
  readonly [name: string]: unknown;
}

/** `isthmus start --json` as a process of its own. */
export class Service {
  readonly events: ServiceEvent[] = [];
  private readonly child;
  private readonly closed: Promise<unknown[]>;
  private errors = '';

  constructor(surroundings: Surroundings) {
    this.child = start(['start', '--json'], surroundings);
    this.closed = once(this.child, 'close');
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
    createInterface(this.child.stdout).on('line', (line) => {
      this.events.push(JSON.parse(line) as ServiceEvent);
      this.child.emit('told');
    });
  }

  /** The first event for which the condition holds. */
  async until(condition: (event: ServiceEvent) => boolean): Promise<ServiceEvent> {
    for (;;) {
      const found = this.events.find(condition);
      if (found) return found;
      await Promise.race([once(this.child, 'told'), this.closed.then(() => this.failed())]);
    }
  }

  named(event: string): ServiceEvent[] {
    return this.events.filter((one) => one.event === event);
  }

  /** Waits for so many events of a name. */
  async times(event: string, count: number): Promise<ServiceEvent[]> {
    await this.until(() => this.named(event).length >= count);
    return this.named(event);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ status: unknown; errors: string }> {
    this.child.kill(signal);
    const [status] = await this.closed;
    return { status, errors: this.errors };
  }

  private failed(): never {
    assert.fail(`The service has ended: ${this.errors}${JSON.stringify(this.events)}`);
  }
}
