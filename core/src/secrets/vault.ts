import { spellingsOf } from './spellings.js';

/** What stands in place of a secret. */
export const MASK = '••••';

/** Shorter values would blot out half of every line and protect nothing. */
const SHORTEST = 4;

/** Knows every secret of the process, so that no output shows one. */
export class SecretVault {
  private readonly spellings = new Set<string>();
  private pattern: RegExp | undefined;

  add(secret: string): void {
    if (secret.length < SHORTEST) return;
    for (const spelling of spellingsOf(secret)) this.spellings.add(spelling);
    this.pattern = undefined;
  }

  /** The text with every occurrence of every secret replaced, however it is spelled. */
  redact(text: string): string {
    if (this.spellings.size === 0) return text;
    this.pattern ??= anyOf(this.spellings);
    return text.replace(this.pattern, MASK);
  }
}

/** Longest first: where one secret begins another, the whole of it goes. */
function anyOf(texts: Iterable<string>): RegExp {
  const alternatives = [...texts].sort((a, b) => b.length - a.length);
  return new RegExp(alternatives.map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g');
}
