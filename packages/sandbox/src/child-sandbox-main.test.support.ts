import { readFileSync } from 'node:fs';
import { startSandbox } from './index.js';
import type { Asked, Told } from './child-sandbox.test.support.js';

/** The other end of a `ChildSandbox`. */
const sandbox = await startSandbox({ empty: true });
const tell = (told: Told): void => void process.send?.(told);

/** In bytes. Linux gives a new process the `maxRSS` of the one that started it, and keeps its own peak elsewhere. */
function peak(): number {
  const kilobytes =
    process.platform === 'linux'
      ? Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
      : process.resourceUsage().maxRSS;
  return kilobytes * 1024;
}

process.on('message', (asked: Asked) => {
  if (asked === 'peak') tell({ peak: peak() });
  else void sandbox.stop().then(() => process.disconnect());
});
tell({ sandbox });
