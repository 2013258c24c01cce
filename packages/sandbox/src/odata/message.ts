import type { Refusal } from './refusal.js';

/** One request, alone on the wire or a part of a batch. */
export interface ODataRequest {
  readonly method: string;
  /** Path and query as sent; inside a batch it may be absolute or relative to the root. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** The body as it came over the wire; operations inside a batch have none. */
  readonly bytes?: Uint8Array;
}

export interface ODataResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Sees every operation, those of a batch one by one. */
export interface OperationWatch {
  /** Before it is carried out; what this returns takes its place. */
  begins(operation: ODataRequest, set: string): Refusal | undefined;
  /** The operation is a message about so many rows. */
  hasTargets(count: number): void;
}

/** Where an entity is that a part of a change set made: what `$1` stands for in later parts. */
export type ContentIds = ReadonlyMap<string, string>;

/** Whether decimals go out as text. */
export const wantsExactText = ({ accept }: ODataRequest['headers']): boolean =>
  accept !== undefined && /ieee754compatible=true/i.test(accept);

export function jsonType(metadata: string, exactAsText: boolean): string {
  return `application/json; odata.metadata=${metadata}${exactAsText ? '; IEEE754Compatible=true' : ''}`;
}
