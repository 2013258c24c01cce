import type { SecretVault } from '@isthmus/core';
import { isTerminal, showsColors, stylesFor, type Styles } from './styles.js';

export interface OutputSettings {
  readonly json: boolean;
  readonly color: boolean;
}

/** The only way out: whatever is printed passes through the vault's redaction. */
export class Output {
  readonly json: boolean;
  /** For what goes to standard output. */
  readonly styles: Styles;
  /** For what goes to standard error. */
  readonly sideStyles: Styles;
  /** Standard error can show live progress. */
  readonly live: boolean;
  private vault: Pick<SecretVault, 'redact'> = { redact: (text) => text };

  constructor({ json, color }: OutputSettings) {
    this.json = json;
    this.styles = stylesFor(showsColors(process.stdout, color));
    this.sideStyles = stylesFor(showsColors(process.stderr, color));
    this.live = !json && isTerminal(process.stderr);
  }

  /** From here on, none of the vault's secrets is printed. */
  protect(vault: Pick<SecretVault, 'redact'>): void {
    this.vault = vault;
  }

  redact(text: string): string {
    return this.vault.redact(text);
  }

  /** For people; nothing with `--json`. */
  print(text = ''): void {
    if (!this.json) this.write(process.stdout, `${text}\n`);
  }

  /** One line of JSON, with `--json` only. */
  printJson(value: unknown): void {
    if (this.json) this.write(process.stdout, `${JSON.stringify(value)}\n`);
  }

  /** The same thing for people and for scripts. */
  printText(text: string): void {
    this.write(process.stdout, `${text}\n`);
  }

  /** Beside the result: progress, warnings, errors. Goes to standard error. */
  note(text: string): void {
    this.write(process.stderr, `${text}\n`);
  }

  /** As `note`, without a line break: for a line that is drawn again. */
  draw(text: string): void {
    this.write(process.stderr, text);
  }

  private write(stream: NodeJS.WriteStream, text: string): void {
    stream.write(this.redact(text));
  }
}
