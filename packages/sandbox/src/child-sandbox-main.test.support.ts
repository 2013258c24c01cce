import { startSandbox } from './index.js';
import type { Asked, Told } from './child-sandbox.test.support.js';

/** The other end of a `ChildSandbox`. */
const sandbox = await startSandbox({ empty: true });
const tell = (told: Told): void => void process.send?.(told);

process.on('message', (asked: Asked) => {
  if (asked === 'peak') tell({ peak: process.resourceUsage().maxRSS * 1024 });
  else void sandbox.stop().then(() => process.disconnect());
});
tell({ sandbox });
