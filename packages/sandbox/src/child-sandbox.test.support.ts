import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { RunningSandbox } from './index.js';

export type Asked = 'peak' | 'stop';
export type Told = { readonly sandbox: Omit<RunningSandbox, 'stop'> } | { readonly peak: number };

/** A sandbox in a process of its own, whose memory can be looked at. */
export interface ChildSandbox extends RunningSandbox {
  /** The most memory that the process ever held, Buffers and all, in bytes. */
  peakMemory(): Promise<number>;
}

const MAIN = new URL('./child-sandbox-main.test.support.js', import.meta.url);

/** @param heapMegabytes above which the process dies instead of growing */
export async function startChildSandbox(heapMegabytes: number): Promise<ChildSandbox> {
  const child = fork(MAIN, { execArgv: [`--max-old-space-size=${heapMegabytes}`] });
  const next = async (): Promise<Told> => {
    const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`the sandbox ended with ${code}`)));
    const [told] = (await Promise.race([once(child, 'message'), ended])) as [Told];
    return told;
  };
  const started = await next();
  if (!('sandbox' in started)) throw new TypeError('no sandbox was started');
  return {
    ...started.sandbox,
    peakMemory: async () => {
      child.send('peak' satisfies Asked);
      const told = await next();
      return 'peak' in told ? told.peak : NaN;
    },
    stop: async () => {
      const closed = once(child, 'exit');
      child.send('stop' satisfies Asked);
      await closed;
    },
  };
}
