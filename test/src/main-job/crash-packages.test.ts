import type { RunningSandbox, SandboxOptions } from '@isthmus/sandbox';
import { expect } from 'chai';
import { finopsOf, wholeTables } from '../support/finops.js';
import { killedAt, type Moment } from '../support/killed-at.js';
import type { RcFile } from '../support/rc-file.js';
import type { Passage } from '../support/relay.js';
import { isReconciled } from '../support/run-result.js';
import { Site } from '../support/site.js';
import { withSandbox } from '../support/with-sandbox.js';

/** Imports take their time, so that the next run may meet one under way. */
const OPTIONS: SandboxOptions = { scale: 1, finops: { packageDelayMs: 1300 } };

const packed = ({ connections: { finops } }: RcFile): void => {
  Object.assign(finops, { dataPackages: { fromRows: 60, rows: 100 } });
};

const action =
  (name: string) =>
  ({ path }: Passage): boolean =>
    path.endsWith(`.${name}`);

const MOMENTS: readonly (Omit<Moment, 'system'> & { readonly what: string })[] = [
  { what: 'before it has uploaded the package', at: action('GetAzureWriteUrl'), nth: 1, when: 'after' },
  { what: 'when the package is uploaded and not handed over', at: action('ImportFromPackage'), nth: 1, when: 'before' },
  { what: 'when F&O has taken the package and not said so', at: action('ImportFromPackage'), nth: 1, when: 'after' },
  { what: 'while F&O imports', at: action('GetExecutionSummaryStatus'), nth: 2, when: 'before' },
  {
    what: 'when the import has come to its end, before it asks which rows were refused',
    at: action('GenerateImportTargetErrorKeysFile'),
    nth: 1,
    when: 'before',
  },
];

interface Imported {
  readonly created: number;
  readonly updated: number;
}

/** Rows that all imports together have brought: a row that is sent twice is updated by the second import. */
async function imported(sandbox: RunningSandbox): Promise<Imported> {
  const jobs = await finopsOf(sandbox).rows('DataManagementExecutionJobDetails');
  const sum = (name: string): number => jobs.reduce((total, job) => total + Number(job[name]), 0);
  return { created: sum('TargetRecordsCreatedCount'), updated: sum('TargetRecordsUpdatedCount') };
}

describe('A run with data packages that is killed', () => {
  let undisturbed: Awaited<ReturnType<typeof wholeTables>>;

  before(() =>
    withSandbox(OPTIONS, async (sandbox) => {
      await new Site(sandbox, packed).run();
      expect((await imported(sandbox)).created).to.be.greaterThan(50);
      undisturbed = await wholeTables(sandbox);
    }),
  );

  for (const { what, ...moment } of MOMENTS) {
    it(`${what}: the next run ends in the same state, and no row is sent twice`, () =>
      withSandbox(OPTIONS, async (sandbox) => {
        const site = await killedAt({ ...moment, system: 'finops' }, sandbox, packed);
        const result = await site.run();
        expect(result.error?.message).to.equal(undefined);
        expect(isReconciled(result)).to.equal(true);
        expect(await wholeTables(sandbox)).to.deep.equal(undisturbed);
        expect((await imported(sandbox)).updated).to.equal(0);
      }));
  }
});
