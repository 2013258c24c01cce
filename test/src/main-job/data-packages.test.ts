import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { Controls } from '../support/controls.js';
import { wholeTables } from '../support/finops.js';
import type { RcFile } from '../support/rc-file.js';
import type { HeldLine, RunResult } from '../support/run-result.js';
import { Site } from '../support/site.js';
import { withSandbox } from '../support/with-sandbox.js';

interface Delivery {
  readonly result: RunResult;
  readonly held: readonly string[];
  readonly tables: Record<string, string[]>;
  readonly imports: number;
  readonly second: RunResult;
}

const PACKAGES = { fromRows: 20, rows: 20 };

const packing =
  (dataPackages?: Record<string, number>) =>
  ({ connections: { finops } }: RcFile): void => {
    if (dataPackages) Object.assign(finops, { dataPackages });
  };

/** What a run leaves behind, with rows in packages or one by one. */
async function deliver(dataPackages?: Record<string, number>): Promise<Delivery> {
  const sandbox: RunningSandbox = await startSandbox({ scale: 1, finops: { packageDelayMs: 50 } });
  try {
    const site = new Site(sandbox, packing(dataPackages));
    const ended = await site.isthmus('run', '--json');
    const held = (await site.isthmus('errors', '--json')).jsonLines<HeldLine>();
    const requests = await new Controls(sandbox).requests();
    return {
      result: ended.json<RunResult>(),
      held: held.map(({ key, code }) => `${key} ${code}`).sort(),
      tables: await wholeTables(sandbox),
      imports: requests.filter(({ url }) => url.endsWith('.ImportFromPackage')).length,
      second: await site.run(),
    };
  } finally {
    await sandbox.stop();
  }
}

const figures = ({ tasks }: RunResult) => tasks.map(({ durationMs: _ms, ...task }) => ({ ...task, runId: null }));

describe('A connection that writes data packages', () => {
  let singly: Delivery;
  let packed: Delivery;

  before(async () => {
    singly = await deliver();
    packed = await deliver(PACKAGES);
  });

  it('delivers the same rows as one that writes them singly', () => {
    expect(packed.imports).to.be.above(1);
    expect(singly.imports).to.equal(0);
    expect(packed.tables).to.deep.equal(singly.tables);
  });

  it('says for each package whose rows go in it, and how many', () =>
    withSandbox({ scale: 1 }, async (sandbox) => {
      const site = new Site(sandbox, packing(PACKAGES));
      const { stderr } = await site.isthmus('run');
      const lines = stderr.match(/\d+ rows of \w+ go in a data package \(execution isthmus-[\w-]+\)/g);
      expect(lines).to.have.length(packed.imports);
    }));

  it('holds the same records, for the same reasons', () => {
    expect(packed.held).to.deep.equal(singly.held);
  });

  it('comes to the same figures, and has nothing left to do', () => {
    expect(figures(packed.result)).to.deep.equal(figures(singly.result));
    expect(packed.second.tasks.map(({ created, updated }) => created + updated)).to.deep.equal(
      packed.second.tasks.map(() => 0),
    );
  });
});
