/** What these tests read of `isthmus templates show --json`. */
export interface ShownTemplate {
  readonly tasks: readonly ShownTask[];
}

export interface ShownTask {
  readonly name: string;
  readonly source: string;
  readonly entity: string;
  readonly filter: string;
  readonly fields: readonly ShownField[];
}

export interface ShownField {
  readonly source: string | null;
  readonly destination: string;
  readonly kind: string;
  readonly optional: boolean;
  readonly valueMap?: Readonly<Record<string, unknown>>;
  readonly value?: unknown;
  readonly default?: unknown;
  readonly branches?: readonly { readonly when: string | null; readonly then: unknown }[];
}
