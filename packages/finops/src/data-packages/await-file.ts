import type { Clock } from '@isthmus/core';

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;
/** A file that is not there by then does not come. */
const GENERATED_WITHIN = 60_000;

/** Asks for the address of a file that is being generated; empty where it does not come. */
export async function awaitFile(ask: () => Promise<string>, clock: Clock): Promise<string> {
  const started = clock.now();
  for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 2)) {
    const url = await ask();
    if (url !== '' || clock.now() - started >= GENERATED_WITHIN) return url;
    await clock.sleep(pause);
  }
}
