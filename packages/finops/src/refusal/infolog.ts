export interface InfologLine {
  readonly level: 'Info' | 'Warning' | 'Error';
  readonly text: string;
}

const START = 'Infolog: ';
const LINE = /(?:^|; ?)(Info|Warning|Error): /;

/** What the framework adds behind the reason; names the place, explains nothing. */
const NOISE = ['validateField failed', 'validateWrite failed', 'validateDelete failed'];

/**
 * Pulls the lines out of an inner error's message, `Write failed for table row of type 'X'. Infolog: Warning: …; Error:
 * ….`, in order. Empty where the message holds no Infolog.
 */
export function parseInfolog(message: string): InfologLine[] {
  const start = message.indexOf(START);
  if (start < 0) return [];
  const [, ...parts] = message.slice(start + START.length).split(LINE);
  const lines: InfologLine[] = [];
  for (let i = 0; i + 1 < parts.length; i += 2) {
    lines.push({ level: parts[i] as InfologLine['level'], text: withoutTrailingDots(parts[i + 1] ?? '') });
  }
  return lines;
}

/** The texts that tell a person why, without the framework's tail. */
export function reasonsOf(lines: readonly InfologLine[]): string[] {
  const reasons = lines.filter(({ text }) => !NOISE.some((noise) => text.startsWith(noise)));
  return (reasons.length > 0 ? reasons : lines).map(({ text }) => text);
}

/** The framework ends texts that end in a full stop with another one, and the message with a third. */
const withoutTrailingDots = (text: string): string => `${text.trim().replace(/\.+$/, '')}.`;
