import type { Clock, Connector, HealthCheck } from '@isthmus/core';
import { sleep } from '../schedule/index.js';

const PAUSE_MS = 300_000;
const PAUSE_WHILE_FAILED_MS = 60_000;

/** Asks the systems now and then whether they can be reached, so that whoever asks for readiness need not wait for them. */
export class ConnectionWatch {
  private readonly last = new Map<string, HealthCheck>();

  constructor(
    private readonly connectors: ReadonlyMap<string, Pick<Connector, 'check'>>,
    private readonly clock: Clock,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await Promise.all([...this.connectors].map(([name, connector]) => this.look(name, connector)));
      const failed = [...this.last.values()].some(({ status }) => status === 'failed');
      await sleep(this.clock, failed ? PAUSE_WHILE_FAILED_MS : PAUSE_MS, signal);
    }
  }

  checks(): HealthCheck[] {
    return [...this.connectors.keys()].map(
      (connection) =>
        this.last.get(connection) ?? { ...nameOf(connection), status: 'failed', message: 'not looked at yet' },
    );
  }

  private async look(connection: string, connector: Pick<Connector, 'check'>): Promise<void> {
    const at = new Date(this.clock.now()).toISOString();
    const found = await this.worstOf(connector);
    this.last.set(connection, { ...nameOf(connection), ...found, message: `${found.message} (${at})` });
  }

  private async worstOf(connector: Pick<Connector, 'check'>): Promise<Pick<HealthCheck, 'status' | 'message'>> {
    try {
      const checks = await connector.check();
      const { status, message } = checks.find((one) => one.status === 'failed') ??
        checks.find((one) => one.status === 'warning') ?? { status: 'ok', message: 'can be reached' };
      return { status, message };
    } catch (thrown) {
      return { status: 'failed', message: thrown instanceof Error ? thrown.message : String(thrown) };
    }
  }
}

const nameOf = (connection: string) => ({ name: `connection ${connection}` });
