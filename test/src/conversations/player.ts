import { expect } from 'chai';
import { zipSync } from 'fflate';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Placeholders } from './placeholders.js';
import type { Exchange, Message } from './read-conversation.js';

/** How long an answer that comes in the end is waited for. */
const PATIENCE_MS = 10_000;

/** Plays the exchanges of one conversation, and holds the answers against what is written down. */
export class Player {
  /**
   * @param origin of the system that is spoken to
   * @param signIn headers of every request
   * @param folder where the files lie that requests send
   */
  constructor(
    private readonly origin: string,
    private readonly signIn: readonly [string, string][],
    private readonly placeholders: Placeholders,
    private readonly folder: string,
  ) {}

  /** An exchange whose answer comes in the end is repeated until it does. */
  async hold(exchange: Exchange): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await this.holdOnce(exchange);
      } catch (failure) {
        if (!exchange.answer.inTheEnd || Date.now() > deadline) throw failure;
        await sleep(20);
      }
    }
  }

  private async holdOnce({ request, answer }: Exchange): Promise<void> {
    const response = await this.send(request);
    const body = (await response.text()).replace(/\r\n$/, '');
    expect(String(response.status), `${request.start}: ${body}`).to.equal(answer.start);
    for (const [name, value] of answer.headers) {
      const actual = response.headers.get(name) ?? '(none)';
      expect(actual, `${request.start}: ${name}`).to.equal(this.placeholders.expected(value, actual));
    }
    if (answer.body !== '...') expect(body, request.start).to.equal(this.placeholders.expected(answer.body, body));
  }

  private send({ start, headers, body }: Message): Promise<Response> {
    const fill = (text: string) => this.placeholders.fill(text);
    const [, method = '', path = ''] = /^(\S+) (.*)$/.exec(fill(start)) ?? [];
    const [, files] = /^< (\S+)$/.exec(body) ?? [];
    const sent = files === undefined ? fill(body) : zipOf(join(this.folder, files));
    return fetch(path.startsWith('http') ? path : this.origin + path, {
      method,
      headers: [...this.signIn, ...headers.map(([name, value]): [string, string] => [name, fill(value)])],
      ...(sent.length > 0 && { body: sent }),
    });
  }
}

/** The files of a folder as an archive; their lines end with CRLF, whatever a checkout has made of them. */
function zipOf(folder: string): Uint8Array {
  const files = readdirSync(folder).map((name) => {
    const text = readFileSync(join(folder, name), 'utf8').replaceAll(/\r?\n/g, '\r\n');
    return [name, Buffer.from(text)] as const;
  });
  return zipSync(Object.fromEntries(files));
}
