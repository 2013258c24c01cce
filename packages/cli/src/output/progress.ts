import { OUTCOMES, type EventBus, type Outcome, type TaskCounts, type TaskScope } from '@isthmus/core';
import { LiveLine, PlainLines } from './display.js';
import { count, duration } from './numbers.js';
import type { Output } from './output.js';

/** What outcomes are called before they have come about. */
const PLANNED: Partial<Record<Outcome, string>> = { created: 'to create', updated: 'to update', deleted: 'to delete' };

/**
 * Shows what is going on while it goes on; nothing with `--json`.
 *
 * @param planned nothing is written, a plan is made
 * @returns ends the display
 */
export function showProgress(events: EventBus, output: Output, planned = false): () => void {
  if (output.json) return () => undefined;
  const { dim, green, yellow } = output.sideStyles;
  const display = output.live ? new LiveLine(output) : new PlainLines(output);
  const words = planned ? PLANNED : {};
  const name = ({ integration, task }: TaskScope) => `${integration} / ${task}`;

  events.on('task.started', (event) => {
    const what = event.mode === 'full' ? 'reading everything' : 'reading what has changed';
    display.change(`${name(event)}  ${what}${event.reason ? ` (${event.reason})` : ''}`);
  });
  events.on('task.progress', (event) => display.change(`${name(event)}  ${describeCounts(event.counts, words)}`));
  const told = new Map<string, string>();
  events.on('task.finished', (event) => {
    const mark = event.quarantined + event.deferred > 0 ? yellow('!') : green('✓');
    const figures = describeCounts(event, words);
    // A task may have several passes; one that changes nothing is no news.
    if (told.get(name(event)) === figures) return;
    told.set(name(event), figures);
    display.say(`${mark} ${name(event)}  ${figures}  ${dim(duration(event.durationMs))}`);
  });
  events.on('conclusion', ({ integration, message }) => display.say(`${green('✓')} ${integration}  ${message}`));
  events.on('notice', ({ message, remedy }) => display.say(`${yellow('!')} ${message}${remedy ? ` ${remedy}` : ''}`));
  events.on('request.retried', ({ connection, delayMs, reason }) =>
    display.change(`${connection}: trying again in ${duration(delayMs)} (${reason})`),
  );
  return () => display.end();
}

/** `1,200 read, 1,000 created, 200 filtered` */
function describeCounts(counts: TaskCounts, words: Partial<Record<Outcome, string>>): string {
  const outcomes = OUTCOMES.filter((outcome) => counts[outcome] > 0);
  return [
    `${count(counts.read)} read`,
    ...outcomes.map((outcome) => `${count(counts[outcome])} ${words[outcome] ?? outcome}`),
  ].join(', ');
}
