import type { RunningSandbox, SandboxOptions } from '@isthmus/sandbox';
import { expect } from 'chai';
import { readdirSync } from 'node:fs';
import { repositoryFile } from '../support/repository.js';
import { withSandbox } from '../support/with-sandbox.js';
import { knownOf } from './known.js';
import { Placeholders } from './placeholders.js';
import { Player } from './player.js';
import type { Conversation } from './read-conversation.js';
import { readConversation } from './read-conversation.js';

const FOLDER = repositoryFile('test/fixtures/conversations');
const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.txt'));

async function play({ folder, system, switches, options, faults, exchanges }: Conversation): Promise<void> {
  const chosen: SandboxOptions = system === 'finops' ? { finops: Object(switches) } : { dataverse: Object(switches) };
  await withSandbox({ empty: true, ...Object(options), ...chosen }, async (sandbox) => {
    const known = knownOf(sandbox);
    const origin = { ...known, token: new URL(sandbox.token.url).origin }[system];
    const placeholders = new Placeholders({ ...known, origin });
    await makeGoWrong(origin, faults);
    const signIn = system === 'token' ? [] : [await bearer(sandbox, origin)];
    const player = new Player(origin, signIn, placeholders, folder);
    for (const exchange of exchanges) await player.hold(exchange);
  });
}

async function bearer(sandbox: RunningSandbox, resource: string): Promise<[string, string]> {
  const { token, clientId, clientSecret } = sandbox;
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  const body = new URLSearchParams({ ...form, scope: `${resource}/.default` });
  const grant = (await (await fetch(token.url, { method: 'POST', body })).json()) as { access_token: string };
  return ['authorization', `Bearer ${grant.access_token}`];
}

async function makeGoWrong(origin: string, faults: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const { status } = await fetch(`${origin}/sandbox/faults`, { method: 'POST', headers, body: JSON.stringify(faults) });
  expect(status, 'the faults in the head').to.equal(201);
}

describe('recorded conversations', () => {
  for (const file of files.sort()) {
    const conversation = readConversation(`${FOLDER}/${file}`);
    it(`${file}: ${conversation.title} (${conversation.source})`, () => play(conversation));
  }

  it('are not taken for equal where they differ', () => {
    const placeholders = new Placeholders({});
    expect(placeholders.expected('{"id":"{{id:number}}"}', '{"id":"1"}')).to.equal('{"id":"1"}');
    expect(placeholders.expected('{"id":"{{id:number}}"}', '{"id":"2"}')).to.equal('{"id":"{{id:number}}"}');
    expect(placeholders.expected('{"a":1}', '{"a":2}')).to.equal('{"a":1}');
    expect(placeholders.expectedBody('...\r\n"a":1\r\n...', '{"a":1,"b":2}')).to.equal('{"a":1,"b":2}');
    expect(placeholders.expectedBody('...\r\n"a":1\r\n...', '{"a":2}')).to.contain('"a":1');
  });
});
