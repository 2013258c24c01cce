import { expect } from 'chai';
import { isReconciled, totalsOf, type RunResult } from '../support/run-result.js';
import { Site } from '../support/site.js';
import { withSandbox } from '../support/with-sandbox.js';

/** Some 52,000 rows. The columns that are read of them take more than 70 MB when all of them are held. */
const SCALE = 200;
const HEAP_MB = 64;

/** From 100,000 to 1,000,000 rows: `npm run soak -- memory`. */
describe('The memory of a run', function () {
  this.timeout(300_000);

  it('does not hold the company: its rows pass through a heap that could not take them all', () =>
    withSandbox({ scale: SCALE }, async (sandbox) => {
      const site = new Site(sandbox);
      site.env['NODE_OPTIONS'] = `--max-old-space-size=${HEAP_MB}`;
      const result = (await site.isthmus('run', '--json')).json<RunResult>();
      expect(result.status).to.equal('warning');
      expect(isReconciled(result)).to.equal(true);
      expect(totalsOf(result).created).to.be.greaterThan(49_000);
    }));
});
