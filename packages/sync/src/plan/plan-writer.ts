import { createHash } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { guarded } from './file-failure.js';
import type { PlanLine } from './format.js';

const CHUNK = 1 << 16;

/** Writes the lines of a plan, with the digest that ends it. Under its own name the file is never half a plan. */
export class PlanWriter {
  private readonly hash = createHash('sha256');
  private buffer = '';

  private constructor(
    private readonly file: string,
    private readonly draft: string,
    private readonly handle: FileHandle,
  ) {}

  static async open(file: string): Promise<PlanWriter> {
    const draft = `${file}.${process.pid}`;
    return guarded(file, async () => new PlanWriter(file, draft, await open(draft, 'w')));
  }

  async add(line: PlanLine): Promise<void> {
    const text = `${JSON.stringify(line)}\n`;
    this.hash.update(text);
    await this.write(text);
  }

  /** @returns the digest */
  async finish(): Promise<string> {
    const digest = this.hash.digest('base64url');
    await this.write(`${JSON.stringify({ digest })}\n`);
    await guarded(this.file, async () => {
      await this.handle.appendFile(this.buffer);
      await this.handle.close();
      await rename(this.draft, this.file);
    });
    return digest;
  }

  async discard(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    await rm(this.draft, { force: true });
  }

  private async write(text: string): Promise<void> {
    this.buffer += text;
    if (this.buffer.length < CHUNK) return;
    const { buffer } = this;
    this.buffer = '';
    await guarded(this.file, () => this.handle.appendFile(buffer));
  }
}
