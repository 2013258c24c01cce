import { deliverThroughFaults } from './faults.js';

const SCALE = 10;
const PORTION = 20;

/** One request in ten fails, round after round other ones. */
export async function soakFaults(rounds: number, say: (text: string) => void): Promise<boolean> {
  let sound = true;
  for (let round = 0; round < rounds; round++) {
    const result = await deliverThroughFaults({ scale: SCALE, portion: PORTION, shift: round });
    const { rows, requests, disturbed, runs, lost, doubled, last } = result;
    const kinds = Object.entries(result.kinds).map(([kind, count]) => `${kind} ${count}`);
    say(
      `round ${round + 1}: ${rows} rows, ${requests} requests, ${disturbed} of them disturbed (${kinds.join(', ')}), ` +
        `${runs} run(s), ${lost.length} lost, ${doubled.length} doubled`,
    );
    if (last.error) say(`  ${last.error.code}: ${last.error.message}`);
    for (const row of lost.slice(0, 5)) say(`  lost: ${row}`);
    for (const row of doubled.slice(0, 5)) say(`  doubled: ${row}`);
    sound &&= lost.length === 0 && doubled.length === 0 && last.status !== 'failed';
  }
  return sound;
}
