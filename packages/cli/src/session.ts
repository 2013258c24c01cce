import { EXIT, type ExitCode } from './exit.js';
import { Output } from './output/index.js';

/** Options that every command takes, before or after its name. */
export interface GlobalOptions {
  readonly config?: string;
  readonly json?: boolean;
  readonly color: boolean;
  readonly debug?: boolean;
}

/** One invocation: what was asked for in general, where output goes, and how it ends. */
export class Session {
  exitCode: ExitCode = EXIT.done;
  private opened?: Output;

  /** @param globals asked when first needed, because the command line has been read only then */
  constructor(private readonly globals: () => GlobalOptions) {}

  get options(): GlobalOptions {
    return this.globals();
  }

  get output(): Output {
    const { json = false, color } = this.options;
    return (this.opened ??= new Output({ json, color }));
  }
}
