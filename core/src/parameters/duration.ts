import { Matches } from 'class-validator';

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const DURATION = /^[1-9]\d{0,5}[smhd]$/;

/** A parameter that is a length of time: `30s`, `15m`, `26h`, `45d`. */
export const IsDuration = (): PropertyDecorator =>
  Matches(DURATION, { message: '$property must be a length of time such as 30s, 15m, 26h or 45d' });

/** @param text that `IsDuration` has let through */
export const durationMs = (text: string): number =>
  Number(text.slice(0, -1)) * UNITS[text.slice(-1) as keyof typeof UNITS];
