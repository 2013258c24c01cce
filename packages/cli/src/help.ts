/** The last part of a command's help. */
export function examples(...lines: readonly (readonly [command: string, what: string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  return ['', 'Examples:', ...lines.map(([command, what]) => `  $ ${command.padEnd(width)}  ${what}`)].join('\n');
}

export const exitCodes = [
  '',
  'Exit status:',
  '  0  done',
  '  1  failed',
  '  2  wrong usage or configuration',
  '  3  finished, but records are quarantined or still waiting',
  '  4  planned, and there is something to write',
].join('\n');
