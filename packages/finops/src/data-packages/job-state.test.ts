import { expect } from 'chai';
import { isUnfinished } from './job-state.js';

/** Every status that a step may have, and whether it leads to another. */
const STATUSES: Readonly<Record<string, boolean>> = {
  NotStarted: true,
  Waiting: true,
  Executing: true,
  Ready: true,
  Hold: true,
  Cancelling: true,
  Canceled: false,
  NotRun: false,
  Error: false,
  Finished: false,
};

describe('An import that was left under way', () => {
  for (const [TargetStatus, goesOn] of Object.entries(STATUSES)) {
    it(`is ${goesOn ? 'waited for' : 'over'} where its target is ${TargetStatus}`, () => {
      expect(isUnfinished({ StagingStatus: 'Finished', TargetStatus })).to.equal(goesOn);
    });
  }

  it('is over where staging was canceled, whatever its target says', () => {
    for (const TargetStatus of Object.keys(STATUSES))
      expect(isUnfinished({ StagingStatus: 'Canceled', TargetStatus }), TargetStatus).to.equal(false);
  });

  it('is waited for where staging left out some rows: the others still go on to the target', () => {
    for (const [TargetStatus, goesOn] of Object.entries(STATUSES))
      expect(isUnfinished({ StagingStatus: 'Error', TargetStatus }), TargetStatus).to.equal(goesOn);
  });

  it('is waited for while staging goes on', () => {
    for (const StagingStatus of ['NotStarted', 'Waiting', 'Executing', 'Ready', 'Hold', 'Cancelling'])
      expect(isUnfinished({ StagingStatus, TargetStatus: 'NotStarted' }), StagingStatus).to.equal(true);
  });
});
