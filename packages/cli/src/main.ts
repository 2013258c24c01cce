import { CommanderError } from 'commander';
import { cliErrors } from './errors.js';
import { EXIT, exitCodeFor } from './exit.js';
import { report } from './output/index.js';
import { createProgram } from './program.js';

/**
 * The `isthmus` command.
 *
 * @param args without the program's own name
 * @returns the exit status
 */
export async function main(args: readonly string[]): Promise<number> {
  endQuietlyWithoutReader();
  const { program, session } = createProgram();
  try {
    await program.parseAsync(args, { from: 'user' });
    return session.exitCode;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return EXIT.done;
    // Help that was shown because no command was given.
    if (thrown instanceof CommanderError && thrown.code === 'commander.help') return EXIT.usage;
    const failure = thrown instanceof CommanderError ? usageError(thrown) : thrown;
    report(session.output, failure, session.options.debug ?? false);
    return exitCodeFor(failure);
  }
}

const usageError = ({ message }: CommanderError) =>
  cliErrors.CLI_USAGE({ message: sentence(message.replace(/^error: /, '')) });

const sentence = (text: string): string => {
  const joined = text.replace(/\s*\n\s*/g, ' ');
  return `${joined.charAt(0).toUpperCase()}${joined.slice(1)}${/[.?!)]$/.test(joined) ? '' : '.'}`;
};

/** `isthmus errors | head`: a reader that goes away is no fault. */
function endQuietlyWithoutReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(EXIT.done);
      throw error;
    });
  }
}
