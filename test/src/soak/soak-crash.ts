import { differencesOf, killedAtRandom, killedAtStep, undisturbed, type Outcome } from './crashes.js';

const SCALE = 0.5;
/** Under load: several batches of one task are under way at once. */
const LOADED = 6;
const KILLS_OF_A_COMPANY = 10;

/** Kills a run at every step of its store, before and after it is durable, and then at `rounds` × 10 random moments. */
export async function soakCrash(rounds: number, say: (text: string) => void): Promise<boolean> {
  let sound = true;
  const judge = (what: string, wanted: Outcome, found: Outcome): void => {
    const differences = differencesOf(wanted, found);
    say(`${what}: ${differences.length} differences`);
    for (const each of differences.slice(0, 5)) say(`  ${each}`);
    sound &&= differences.length === 0;
  };
  const small = await undisturbed(SCALE);
  for (let step = 1; step <= small.steps; step++) {
    for (const moment of ['before', 'after'] as const) {
      judge(`killed ${moment} step ${step} of ${small.steps}`, small, await killedAtStep(SCALE, step, moment));
    }
  }
  const loaded = await undisturbed(LOADED);
  for (let round = 1; round <= rounds; round++) {
    const found = await killedAtRandom(LOADED, KILLS_OF_A_COMPANY, loaded.durationMs);
    judge(`killed at random, ${round * KILLS_OF_A_COMPANY} times by now`, loaded, found);
  }
  return sound;
}
