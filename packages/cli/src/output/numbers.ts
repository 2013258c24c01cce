const GROUPED = new Intl.NumberFormat('en-US');

/** `12,300` */
export const count = (value: number): string => GROUPED.format(value);

/** `1 record`, `12,300 records` */
export const counted = (value: number, noun: string, plural = `${noun}s`): string =>
  `${count(value)} ${value === 1 ? noun : plural}`;

/** `0.4 s`, `2 min 05 s` */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** `2026-11-23 18:42:11`, in the time zone of whoever reads it. */
export const moment = (iso: string): string => new Date(iso).toLocaleString('sv-SE');
