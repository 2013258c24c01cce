import type { RunningSandbox, SandboxOptions } from '@isthmus/sandbox';
import type { Command } from 'commander';
import { positiveNumber, wholeNumber } from '../../arguments.js';
import { examples } from '../../help.js';
import { interruptible } from '../../interrupt.js';
import type { Output } from '../../output/index.js';
import type { Session } from '../../session.js';
import { optionsIn } from './options-file.js';

/** What the command line says; the names are those of the sandbox's options, apart from these two. */
type StartOptions = Omit<SandboxOptions, 'limits'> & { readonly limits?: boolean; readonly options?: string };

/** @returns the command, to put others under */
export function addStart(program: Command, session: Session): Command {
  return program
    .command('sandbox')
    .summary('run both systems on this machine, with sample data')
    .description('Runs both systems and a token endpoint on this machine, with a sample company, until interrupted.')
    .option('--seed <number>', 'makes another sample company; the same number makes the same one', wholeNumber)
    .option('--scale <number>', 'makes the sample company that many times as large', positiveNumber)
    .option('--empty', 'no sample company')
    .option('--folder <path>', 'keeps the data there from one start to the next')
    .option('--psa-port <port>', 'port of Project Service Automation', wholeNumber)
    .option('--finops-port <port>', 'port of Finance & Operations', wholeNumber)
    .option('--token-port <port>', 'port of the token endpoint', wholeNumber)
    .option('--batch-seconds <seconds>', 'F&O imports from staging and posts by itself, that often', positiveNumber)
    .option('--limits', 'Dataverse lets a user make 6,000 requests in 5 minutes, 52 at once, for 20 minutes of work')
    .option('--options <file>', 'JSON with any options of the sandbox, as its README lists them; the command line wins')
    .option('--host <address>', 'address to listen on; loopback only')
    .option('--allow-non-loopback', 'allows another --host: whoever reaches this machine reaches the data')
    .addHelpText(
      'after',
      examples(
        ['isthmus sandbox', 'on free ports'],
        ['isthmus sandbox fault add status --system finops --status 503 --times 3', 'makes something go wrong'],
        ['isthmus sandbox log --system psa', 'what was asked'],
        ['isthmus sandbox --json', 'prints one line of JSON when it is ready'],
        ['isthmus sandbox --psa-port 7001 --finops-port 7002 --folder data', 'the same place and data every time'],
      ),
    )
    .action(async ({ limits = false, options: file, ...options }: StartOptions) => {
      const { documentedLimits, startSandbox } = await import('@isthmus/sandbox');
      let end = (): void => undefined;
      const ended = new Promise<void>((resolve) => (end = resolve));
      await interruptible(end, async () => {
        const kept = file === undefined ? {} : await optionsIn(file);
        const sandbox = await startSandbox({ ...kept, ...options, ...(limits && { limits: documentedLimits }) });
        announce(session.output, sandbox);
        await ended;
        await sandbox.stop();
      });
    });
}

function announce(output: Output, sandbox: RunningSandbox): void {
  const { psa, finops, token, tenant, clientId, clientSecret, notices } = sandbox;
  const { bold, dim } = output.styles;
  output.printJson({
    psa: { url: psa.url },
    finops: { url: finops.url },
    token: { url: token.url },
    tenant,
    clientId,
    clientSecret,
    notices,
  });
  output.print(bold('Both systems are running; Ctrl-C stops them.'));
  output.print(`  PSA            ${psa.url}`);
  output.print(`  F&O            ${finops.url}`);
  output.print(`  tokens         ${token.url}`);
  output.print(`  tenant         ${tenant}`);
  output.print(`  client id      ${clientId}`);
  output.print(`  client secret  ${clientSecret} ${dim('(of this sandbox only)')}`);
  for (const notice of notices) output.print(notice);
}
