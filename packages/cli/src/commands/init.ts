import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { cliErrors } from '../errors.js';
import { EXIT } from '../exit.js';
import { examples } from '../help.js';
import type { Session } from '../session.js';
import { PLACEHOLDERS, starterFile, type StarterAnswers } from '../starter.js';

const FILE = '.isthmusrc.yaml';

interface InitOptions {
  readonly yes?: boolean;
  readonly force?: boolean;
}

export function addInit(program: Command, session: Session): void {
  program
    .command('init')
    .summary('write a first rc file')
    .description(`Asks for the addresses of the two systems and writes ${FILE} (or the file that --config names).`)
    .option('--yes', 'asks nothing and writes placeholders')
    .option('--force', 'replaces the file where there is one')
    .addHelpText('after', examples(['isthmus init', 'asks'], ['isthmus init --yes', 'asks nothing']))
    .action(async ({ yes = false, force = false }: InitOptions) => {
      const { output, options } = session;
      const mayAsk = !output.json && process.stdin.isTTY && process.stdout.isTTY;
      if (!yes && !mayAsk) throw cliErrors.CLI_INIT_NEEDS_TERMINAL();
      const file = resolve(options.config ?? FILE);
      // Before the questions, not after them.
      if (!force && existsSync(file)) throw cliErrors.CLI_FILE_EXISTS({ file });
      const answers = yes ? PLACEHOLDERS : await ask();
      if (!answers) {
        session.exitCode = EXIT.failed;
        return;
      }
      await write(file, starterFile(answers));
      output.printJson({ file });
      output.print(`Written: ${file}`);
      output.print('Next: install the plugin, set ISTHMUS_CLIENT_SECRET, and run `isthmus doctor`.');
    });
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    throw cliErrors.CLI_FILE_NOT_WRITTEN({ file, message }, { cause: thrown });
  }
}

const QUESTIONS: readonly (readonly [answer: keyof StarterAnswers, message: string])[] = [
  ['psaUrl', 'Address of Project Service Automation'],
  ['finopsUrl', 'Address of Finance & Operations'],
  ['tenant', 'Tenant that both belong to'],
  ['clientId', 'Client id of the app registration'],
  ['unit', 'An organisational unit of PSA'],
  ['legalEntity', 'Its legal entity in F&O'],
];

/** @returns undefined where the user has had second thoughts */
async function ask(): Promise<StarterAnswers | undefined> {
  const { cancel, intro, isCancel, outro, text } = await import('@clack/prompts');
  intro('Secrets are not asked for: they stay in the environment.');
  let answers = PLACEHOLDERS;
  for (const [name, message] of QUESTIONS) {
    const answer = await text({ message, placeholder: PLACEHOLDERS[name], validate: checkFor(name) });
    if (isCancel(answer)) {
      cancel('Nothing was written.');
      return undefined;
    }
    answers = { ...answers, [name]: answer };
  }
  outro('Thank you.');
  return answers;
}

const checkFor =
  (name: keyof StarterAnswers) =>
  (value = ''): string | undefined => {
    if (value === '') return 'Please answer.';
    return name.endsWith('Url') && !URL.canParse(value) ? 'An address begins with https://' : undefined;
  };
