import picocolors from 'picocolors';

export type Styles = ReturnType<typeof picocolors.createColors>;

export const stylesFor = (colored: boolean): Styles => picocolors.createColors(colored);

/** Colours only on a terminal that can show them, and only where nobody asked for none (https://no-color.org). */
export const showsColors = (stream: NodeJS.WriteStream, wanted: boolean): boolean =>
  wanted && isTerminal(stream) && !process.env['NO_COLOR'];

/** Can redraw a line. */
export const isTerminal = (stream: NodeJS.WriteStream): boolean =>
  Boolean(stream.isTTY) && process.env['TERM'] !== 'dumb';
