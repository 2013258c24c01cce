import type { Output } from './output.js';

/** A line that changes until it is final. */
export interface Display {
  /** Replaces what was said last. Without colours: it may be cut. */
  change(text: string): void;
  /** Stays. */
  say(text: string): void;
  end(): void;
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;
/** Back to the start of the line, and clear it. */
const CLEAR = '\r\u001b[2K';

/** On a terminal: drawn again and again in the same place. */
export class LiveLine implements Display {
  private text = '';
  private frame = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly output: Output) {
    this.timer = setInterval(() => this.draw(), FRAME_MS);
    this.timer.unref();
  }

  change(text: string): void {
    this.text = text;
  }

  say(text: string): void {
    this.text = '';
    this.output.draw(`${CLEAR}${text}\n`);
  }

  end(): void {
    clearInterval(this.timer);
    if (this.text) this.output.draw(CLEAR);
  }

  private draw(): void {
    if (!this.text) return;
    const frame = FRAMES[this.frame++ % FRAMES.length] ?? '';
    const columns = (process.stderr.columns || 80) - 3;
    // A line that wraps could not be cleared as one.
    const text = this.text.length <= columns ? this.text : `${this.text.slice(0, columns - 1)}…`;
    this.output.draw(`${CLEAR}${this.output.sideStyles.cyan(frame)} ${text}`);
  }
}

const PLAIN_MS = 10_000;

/** Elsewhere: what is final, and a sign of life now and then. */
export class PlainLines implements Display {
  private last = Date.now();

  constructor(private readonly output: Output) {}

  change(text: string): void {
    if (Date.now() - this.last >= PLAIN_MS) this.say(text);
  }

  say(text: string): void {
    this.last = Date.now();
    this.output.note(text);
  }

  end(): void {
    // Whatever was said stays.
  }
}
