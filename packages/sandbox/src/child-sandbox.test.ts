import { expect } from 'chai';
import { startChildSandbox } from './child-sandbox.test.support.js';

const MEGABYTE = 1024 * 1024;

describe('a sandbox in a process of its own', () => {
  it('tells its own peak memory, not that of whoever started it', async () => {
    const held = Buffer.alloc(400 * MEGABYTE, 1);
    const child = await startChildSandbox(128);
    try {
      expect(await child.peakMemory())
        .to.be.above(0)
        .and.below(held.length);
    } finally {
      await child.stop();
    }
  });
});
