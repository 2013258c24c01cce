import type { ConfigurationDocument } from '@isthmus/core';
import type { System } from '@isthmus/sandbox';
import type { Command } from 'commander';
import { cliErrors } from '../../errors.js';
import type { Session } from '../../session.js';
import { findDocument } from '../../workspace.js';

/** As the sandbox has them, which is too large to be loaded for the sake of these names. */
export const SYSTEMS = ['psa', 'finops', 'token'] as const satisfies readonly System[];

export interface ControlOptions {
  readonly url?: string;
}

export const withUrl = (command: Command): Command =>
  command.option('--url <url>', 'any URL of the sandbox; the connections of the rc file unless given');

/** What may be asked of a running sandbox beside the two systems. */
export class Controls {
  private constructor(private readonly url: string) {}

  /** @throws CLI_SANDBOX_NOT_FOUND */
  static async find(session: Session, { url }: ControlOptions): Promise<Controls> {
    const urls = url === undefined ? localUrls(await findDocument(session)) : [url];
    for (const candidate of urls) {
      const controls = new Controls(candidate);
      if (await controls.answers()) return controls;
    }
    throw cliErrors.CLI_SANDBOX_NOT_FOUND({ asked: urls.join(', ') });
  }

  get<T>(what: string): Promise<T> {
    return this.send('GET', what) as Promise<T>;
  }

  /** @throws CLI_SANDBOX_REFUSED */
  async send(method: 'GET' | 'POST' | 'DELETE', what: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(new URL(`/sandbox/${what}`, this.url), {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw cliErrors.CLI_SANDBOX_REFUSED({ message: reasonIn(text) || `status ${answer.status}` });
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  }

  private async answers(): Promise<boolean> {
    try {
      return Array.isArray(await this.send('GET', 'faults'));
    } catch {
      return false;
    }
  }
}

/** A sandbox is on this machine; a real system must not be asked for its faults. */
const LOCAL = /^http:\/\/(?:127(?:\.\d+){3}|localhost|\[::1\])(?::\d+)?(?:\/|$)/;

/** URLs of the connections that lead to this machine. */
function localUrls({ root }: ConfigurationDocument): string[] {
  const connections = root.kind === 'map' ? root.entries.get('connections') : undefined;
  const nodes = connections?.kind === 'map' ? [...connections.entries.values()] : [];
  return nodes.flatMap((node) => {
    const url = node.kind === 'map' ? node.entries.get('url') : undefined;
    return url?.kind === 'scalar' && LOCAL.test(String(url.value)) ? [String(url.value)] : [];
  });
}

function reasonIn(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === 'string' ? message : '';
  } catch {
    return '';
  }
}
