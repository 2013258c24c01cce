import type { RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import type { RcFile } from './rc-file.js';
import { startRelay, type Passage } from './relay.js';
import { Site } from './site.js';

/** When the process is killed: at the nth request of a kind, before the system gets it or when it has done its work. */
export interface Moment {
  readonly system: 'psa' | 'finops';
  readonly at: (passage: Passage) => boolean;
  readonly nth: number;
  readonly when: 'before' | 'after';
}

/** Begins a run and kills it, as `kill -9` does, at the moment given. */
export async function killedAt(
  { system, at, nth, when }: Moment,
  sandbox: RunningSandbox,
  change: (rc: RcFile) => void = () => undefined,
): Promise<Site> {
  let seen = 0;
  let kill = (): void => undefined;
  const killNow = (passage: Passage): boolean => {
    const isNow = at(passage) && ++seen === nth;
    if (isNow) kill();
    return isNow;
  };
  const relay = await startRelay(sandbox, system, {
    request: (passage) => when === 'after' || !killNow(passage),
    answer: (body, passage) => (when === 'after' && killNow(passage) ? '' : body),
  });
  const site = new Site(sandbox, (rc) => {
    Object.assign(rc.connections[system], relay.address);
    change(rc);
  });
  const run = site.start('run');
  kill = () => run.kill('SIGKILL');
  const { status } = await run.ended;
  expect(status, 'the run should have been killed').to.equal(null);
  await relay.close();
  site.edit(({ connections }) => {
    Object.assign(connections[system], { url: sandbox[system].url, tokenUrl: sandbox.token.url });
  });
  return site;
}
