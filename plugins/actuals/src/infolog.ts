/** How many entries of a log are shown; an import may have one for every actual. */
const SHOWN = 5;

export interface Infolog {
  readonly complaints: readonly string[];
  readonly notices: readonly string[];
}

/** What an action of F&O has to tell: `Info: …; Error: …`, in any order. */
export function readInfolog(said: string): Infolog {
  const entries = said.split(/;\s+(?=(?:Info|Warning|Error): )/);
  const textsOf = (isComplaint: boolean): string[] =>
    entries.filter((entry) => entry.startsWith('Error: ') === isComplaint).map((entry) => entry.replace(/^\w+: /, ''));
  return { complaints: textsOf(true), notices: textsOf(false) };
}

/** The first few entries; the rest is counted. */
export function outlined(entries: readonly string[]): string {
  const rest = entries.length - SHOWN;
  return [...entries.slice(0, SHOWN), ...(rest > 0 ? [`And ${rest} more, which F&O shows.`] : [])].join(' ');
}
