import { expect } from 'chai';
import { ROUND_TRIP } from '../soak/freights.js';
import { PLAN, savedPlan } from '../support/plan.js';
import { isReconciled, type RunResult } from '../support/run-result.js';
import { Site } from '../support/site.js';
import { withSandbox } from '../support/with-sandbox.js';

describe('A plan of every integration, in both directions', function () {
  this.timeout(120_000);

  it('comes to the same bytes from the same state; applied as long as there is one, it leaves both systems as runs do', () =>
    withSandbox({ scale: 0.1 }, (one) =>
      withSandbox({ scale: 0.1 }, async (other) => {
        const [ran, planned] = [new Site(one, ROUND_TRIP.change), new Site(other, ROUND_TRIP.change)];
        await ran.run('--all');
        for (let plans = 0; ; plans++) {
          expect(plans, 'plans until nothing is left to do').to.be.lessThan(8);
          if ((await planned.isthmus('plan', '--all')).status === 0) break;
          const plan = await savedPlan(planned, '--all');
          expect(await savedPlan(planned, '--all')).to.equal(plan);
          const applied = await planned.isthmus('apply', PLAN, '--json');
          const result = applied.json<RunResult>();
          expect(result.error, applied.stderr).to.equal(undefined);
          expect(isReconciled(result)).to.equal(true);
        }
        expect(await ROUND_TRIP.tables(other)).to.deep.equal(await ROUND_TRIP.tables(one));
      }),
    ));
});
