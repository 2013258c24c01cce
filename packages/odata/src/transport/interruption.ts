import type { Circuit } from './circuit.js';

/** What ends the waiting of one request: its caller, or its target being down. Anything under way goes on. */
export class Interruption {
  private readonly controller = new AbortController();
  private readonly forget: () => void;

  constructor(
    private readonly caller: AbortSignal | undefined,
    circuit: Circuit,
  ) {
    this.forget = circuit.onBreak((error) => this.controller.abort(error));
    if (caller?.aborted) this.giveUp();
    else caller?.addEventListener('abort', this.giveUp, { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** To be called when the request is done. */
  end(): void {
    this.forget();
    this.caller?.removeEventListener('abort', this.giveUp);
  }

  private readonly giveUp = (): void => this.controller.abort(this.caller?.reason);
}
