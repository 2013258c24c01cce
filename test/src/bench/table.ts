/** What was measured, the figure, and what it should be where something was promised. */
export type Line = readonly [what: string, figure: string, aim?: string];

export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
export const megabytes = (bytes: number): string => `${whole(bytes / 1024 / 1024)} MB`;
export const perSecond = (rows: number, seconds: number): string => whole(rows / seconds);
export const share = (part: number, all: number): string => `${whole((100 * part) / all)} %`;

export function tableOf(lines: readonly Line[]): string {
  const width = (column: 0 | 1): number => Math.max(...lines.map((line) => line[column].length));
  const [first, second] = [width(0), width(1)];
  return lines
    .map(([what, figure, aim = '']) => `${what.padEnd(first)}  ${figure.padStart(second)}  ${aim}`.trimEnd() + '\n')
    .join('');
}
