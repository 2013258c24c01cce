import { hasBrand, withBrand } from '../brand/index.js';
import { describePlace, type Place } from './place.js';
import type { Recovery } from './recovery.js';

const BRAND = 'error';

export interface IsthmusErrorInit {
  readonly code: string;
  readonly message: string;
  readonly recovery: Recovery;
  /** Why it happens, for whoever reads the message. */
  readonly why: string;
  /** What to do about it. */
  readonly remedy: string;
  readonly place?: Place | undefined;
  /** Machine-readable particulars; never a secret. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  /** The failure underneath. */
  readonly cause?: unknown;
}

/** The one error of the product. Made by a catalogue (`defineErrors`), never by hand. */
export class IsthmusError extends Error {
  readonly code: string;
  readonly recovery: Recovery;
  readonly why: string;
  readonly remedy: string;
  readonly place: Place;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(init: IsthmusErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = 'IsthmusError';
    this.code = init.code;
    this.recovery = init.recovery;
    this.why = init.why;
    this.remedy = init.remedy;
    this.place = init.place ?? {};
    this.details = init.details ?? {};
    withBrand(this, BRAND);
  }

  /** The same error, with more known about where it happened. What is known already wins. */
  at(place: Place): IsthmusError {
    return new IsthmusError({ ...this.init(), place: { ...place, ...this.place } });
  }

  /** Stable shape for `--json`, logs and the store. */
  toJSON(): Record<string, unknown> {
    const { cause: _cause, why, ...rest } = this.init();
    return { ...rest, cause: why };
  }

  /** Message, place and remedy on separate lines, for a person. */
  toText(): string {
    const where = describePlace(this.place);
    return [`${this.code}: ${this.message}`, where && `  where: ${where}`, `  remedy: ${this.remedy}`]
      .filter(Boolean)
      .join('\n');
  }

  private init(): IsthmusErrorInit {
    const { code, message, recovery, why, remedy, place, details, cause } = this;
    return { code, message, recovery, why, remedy, place, details, cause };
  }
}

/** By brand, so that an error from a second copy of core is still recognised. */
export function isIsthmusError(value: unknown): value is IsthmusError {
  return value instanceof Error && hasBrand(value, BRAND);
}
