import { explain, explainAll, nearest, type ErrorExplanation } from '@isthmus/core';
import type { Command } from 'commander';
import { cliErrors } from '../errors.js';
import { examples } from '../help.js';
import type { Output } from '../output/index.js';
import type { Session } from '../session.js';
import { withInstallation } from '../workspace.js';

export function addExplain(program: Command, session: Session): void {
  program
    .command('explain')
    .summary('explain an error code')
    .description('Says what an error code means, why it happens and what to do. Needs no connection and no rc file.')
    .argument('<code>', 'the code at the start of the message')
    .addHelpText('after', examples(['isthmus explain RECORD_KEY_EMPTY', 'cause and remedy']))
    .action(async (code: string) => {
      await import('@isthmus/sandbox');
      const found = explain(code) ?? (await explainWithPlugins(session, code));
      if (!found) throw unknown(code);
      session.output.printJson(found);
      show(session.output, found);
    });
}

/** A catalogue is known once its package is loaded; those of plugins only where an rc file names them. */
async function explainWithPlugins(session: Session, code: string): Promise<ErrorExplanation | undefined> {
  try {
    return await withInstallation(session, () => explain(code));
  } catch {
    // Without an rc file, or with one that is broken, what is built in is all that can be explained.
    return explain(code);
  }
}

function unknown(code: string) {
  const known = explainAll().map((explanation) => explanation.code);
  return cliErrors.CLI_CODE_UNKNOWN({ code, nearest: nearest(code, known) });
}

const CONSEQUENCES: Readonly<Record<ErrorExplanation['recovery'], string>> = {
  fatal: 'the run or command cannot go on',
  retry: 'the same request may succeed later, and is repeated',
  defer: 'the record waits for another one, and follows by itself',
  quarantine: 'the record is kept whole with the reason, and the others go on',
  skip: 'nothing is lost by leaving it out',
};

function show(output: Output, { code, package: owner, recovery, cause, remedy }: ErrorExplanation): void {
  const { bold, dim } = output.styles;
  output.print(`${bold(code)}  ${dim(owner)}`);
  output.print(`  cause    ${cause}`);
  output.print(`  remedy   ${remedy}`);
  output.print(`  so that  ${CONSEQUENCES[recovery]}`);
}
