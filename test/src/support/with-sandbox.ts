import { startSandbox, type RunningSandbox, type SandboxOptions } from '@isthmus/sandbox';

/** A sandbox for the time that `work` takes; stopped also where it fails, so that no failure keeps the tests from ending. */
export async function withSandbox<T>(
  options: SandboxOptions,
  work: (sandbox: RunningSandbox) => Promise<T>,
): Promise<T> {
  const sandbox = await startSandbox(options);
  try {
    return await work(sandbox);
  } finally {
    await sandbox.stop();
  }
}
