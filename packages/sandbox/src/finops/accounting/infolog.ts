import type { Level } from '../refusals.js';

/** How many entries of a long log are told; the rest is counted. */
const TOLD = 100;

/** What an action has to tell: `Info: …; Error: ….`, the notices first. */
export class Infolog {
  private readonly notices: string[] = [];
  private readonly complaints: string[] = [];
  private untold = 0;

  add(level: Level, text: string): void {
    const entries = level === 'Info' ? this.notices : this.complaints;
    if (entries.length < TOLD) entries.push(`${level}: ${text}`);
    else this.untold++;
  }

  toString(): string {
    const rest = this.untold > 0 ? [`Info: And ${this.untold} more.`] : [];
    return [...this.notices, ...this.complaints, ...rest].join('; ');
  }
}
