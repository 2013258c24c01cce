import { Argument, type Command } from 'commander';
import { bashScript, fishScript, zshScript } from '../completion-scripts.js';
import { examples } from '../help.js';
import type { Session } from '../session.js';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;
type Shell = keyof typeof SCRIPTS;

export function addCompletion(program: Command, session: Session): void {
  program
    .command('completion')
    .summary('print a completion script for a shell')
    .description('Prints a script that lets the shell complete commands and options.')
    .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(SCRIPTS)))
    .addHelpText(
      'after',
      examples(
        ['eval "$(isthmus completion bash)"', 'in ~/.bashrc'],
        ['eval "$(isthmus completion zsh)"', 'in ~/.zshrc'],
        ['isthmus completion fish | source', 'in config.fish'],
      ),
    )
    .action((shell: Shell) => {
      const script = SCRIPTS[shell](program);
      session.output.printJson({ shell, script });
      session.output.print(script);
    });
}
