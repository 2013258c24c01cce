export const SYSTEMS = ['psa', 'finops', 'token'] as const;
export type System = (typeof SYSTEMS)[number];

/** What a fault may say of what happens, beside which requests it hits. */
export const PARTICULARS = ['status', 'text', 'retryAfter', 'delay', 'skew'] as const;
type Particular = (typeof PARTICULARS)[number];

interface Kind {
  /** What it happens to: a whole request, a single operation of it (alone or in a batch), or the clock it is dated by. */
  readonly on: 'request' | 'operation' | 'clock';
  /** Where it can happen. */
  readonly systems: readonly System[];
  readonly takes: readonly Particular[];
  /** Without it nothing would happen. */
  readonly needs?: Particular;
}

/** A token endpoint is asked for no rows, and is shown no token. */
const WITH_TOKENS = ['psa', 'finops'] as const;

export const KINDS = {
  status: { on: 'request', systems: SYSTEMS, takes: ['status', 'retryAfter'] },
  html: { on: 'request', systems: SYSTEMS, takes: ['status', 'retryAfter'] },
  'drop-before': { on: 'request', systems: SYSTEMS, takes: [] },
  'drop-after': { on: 'request', systems: SYSTEMS, takes: [] },
  torn: { on: 'request', systems: SYSTEMS, takes: [] },
  half: { on: 'request', systems: SYSTEMS, takes: [] },
  latency: { on: 'request', systems: SYSTEMS, takes: ['delay'], needs: 'delay' },
  'expired-token': { on: 'request', systems: WITH_TOKENS, takes: [] },
  'expired-delta-token': { on: 'request', systems: ['psa'], takes: [] },
  refuse: { on: 'operation', systems: WITH_TOKENS, takes: ['status', 'text', 'retryAfter'] },
  slow: { on: 'operation', systems: WITH_TOKENS, takes: ['delay'], needs: 'delay' },
  'clock-skew': { on: 'clock', systems: SYSTEMS, takes: ['skew'], needs: 'skew' },
} as const satisfies Readonly<Record<string, Kind>>;

export type FaultKind = keyof typeof KINDS;
export const FAULT_KINDS = Object.keys(KINDS) as readonly FaultKind[];

export const kindOf = (kind: FaultKind): Kind => KINDS[kind];
