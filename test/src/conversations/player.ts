import { expect } from 'chai';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { archiveOf, textsIn, textsOf } from './archive.js';
import type { Placeholders } from './placeholders.js';
import type { Exchange, Message } from './read-conversation.js';

/** How long an answer that comes in the end is waited for. */
const PATIENCE_MS = 10_000;

/** Says of a header that it is not there. */
const NONE = '(none)';

/** Plays the exchanges of one conversation, and holds the answers against what is written down. */
export class Player {
  /**
   * @param origin of the system that is spoken to
   * @param signIn headers of every request
   * @param folder where the files lie that are sent and received as archives
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
    const bytes = new Uint8Array(await response.arrayBuffer());
    const body = Buffer.from(bytes).toString().replace(/\r\n$/, '');
    expect(String(response.status), `${request.start}: ${body}`).to.equal(answer.start);
    for (const [name, value] of answer.headers) {
      const actual = response.headers.get(name) ?? NONE;
      expect(actual, `${request.start}: ${name}`).to.equal(this.placeholders.expected(value, actual));
    }
    const archive = this.archiveNamed(answer.body);
    if (archive) this.holdArchive(textsIn(bytes), textsOf(archive));
    else expect(body, request.start).to.equal(this.placeholders.expectedBody(answer.body, body));
  }

  /** An archive holds the files that are written down, and no others. */
  private holdArchive(actual: ReadonlyMap<string, string>, written: ReadonlyMap<string, string>): void {
    expect([...actual.keys()]).to.have.members([...written.keys()]);
    for (const [name, text] of actual) {
      expect(text, name).to.equal(this.placeholders.expectedBody(written.get(name) ?? '', text));
    }
  }

  private send({ start, headers, body }: Message): Promise<Response> {
    const fill = (text: string) => this.placeholders.fill(text);
    const [, method = '', path = ''] = /^(\S+) (.*)$/.exec(fill(start)) ?? [];
    const archive = this.archiveNamed(body);
    const sent = archive ? archiveOf(textsOf(archive)) : fill(body);
    // What a request says itself, its sign-in too, takes the place of what all say.
    const all = new Headers([...this.signIn]);
    for (const [name, value] of headers) all.set(name, fill(value));
    for (const [name, value] of [...all]) if (value === NONE) all.delete(name);
    return fetch(path.startsWith('http') ? path : this.origin + path, {
      method,
      headers: all,
      ...(sent.length > 0 && { body: sent }),
    });
  }

  /** The folder that a body stands for. */
  private archiveNamed(body: string): string | undefined {
    const [, folder] = /^< (\S+)$/.exec(body) ?? [];
    return folder === undefined ? undefined : join(this.folder, folder);
  }
}
