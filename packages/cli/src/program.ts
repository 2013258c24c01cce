import { Command } from 'commander';
import { addCommands } from './commands/index.js';
import { exitCodes } from './help.js';
import { Session, type GlobalOptions } from './session.js';
import { VERSION } from './version.js';

/** The command line as a whole. */
export function createProgram(): { program: Command; session: Session } {
  const program = new Command('isthmus');
  const session = new Session(() => program.opts<GlobalOptions>());
  program
    .description('Synchronises Project Service Automation with Finance & Operations.')
    .version(VERSION, '-V, --version', 'print the version')
    .option('--config <file>', 'rc file to use instead of the nearest one')
    .option('--json', 'print JSON for scripts')
    .option('--no-color', 'print without colours (as does NO_COLOR)')
    .option('--debug', 'show stack traces')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .addHelpText('after', exitCodes)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    // Errors are reported in one place, as text or as JSON.
    .configureOutput({ outputError: () => undefined });
  addCommands(program, session);
  return { program, session };
}
