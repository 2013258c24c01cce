import type { Fault, StandingFault } from '@isthmus/sandbox';
import { Argument, Option, type Command } from 'commander';
import { positiveNumber, probability, seconds, wholeNumber } from '../../arguments.js';
import { examples } from '../../help.js';
import { counted, table, type Output } from '../../output/index.js';
import type { Session } from '../../session.js';
import { Controls, SYSTEMS, withUrl, type ControlOptions } from './controls.js';

/** Each with what happens; the sandbox checks the rest. */
const KINDS: Readonly<Record<Fault['kind'], string>> = {
  status: 'answers --status (503), with --retry-after',
  html: 'a gateway answers with a web page',
  'drop-before': 'the connection breaks before the work is done',
  'drop-after': 'the connection breaks after the work was done',
  torn: 'the connection breaks in the middle of the answer',
  half: 'the answer ends in the middle, as if it were whole',
  latency: 'a request takes --delay longer',
  'expired-token': 'the token is no longer good',
  'expired-delta-token': 'the delta token is no longer good',
  refuse: 'an operation, alone or in a batch, is refused with --status (400) and --text',
  slow: 'an operation, alone or in a batch, takes --delay longer',
  'clock-skew': 'answers are dated --skew ahead',
};

type AddOptions = Omit<Fault, 'kind' | 'set'> & ControlOptions & { readonly entity?: string };

export function addFault(sandbox: Command, session: Session): void {
  const fault = sandbox
    .command('fault')
    .summary('make something go wrong in a running sandbox')
    .description('Adds, lists and takes back what shall go wrong in a running sandbox.');
  addAdd(fault, session);
  withUrl(fault.command('list').description('Lists the faults that stand, and how often each has struck.')).action(
    async (options: ControlOptions) => {
      const controls = await Controls.find(session, options);
      list(session.output, await controls.get<StandingFault[]>('faults'));
    },
  );
  withUrl(fault.command('clear').description('Takes faults back: those named, or all of them.'))
    .argument('[id...]', 'as `fault list` shows it', (id: string, ids: number[] = []) => [...ids, wholeNumber(id)])
    .action(async (ids: number[] = [], options: ControlOptions) => {
      const controls = await Controls.find(session, options);
      for (const what of ids.length === 0 ? ['faults'] : ids.map((id) => `faults/${id}`)) {
        await controls.send('DELETE', what);
      }
      session.output.printJson({ cleared: ids.length === 0 ? 'all' : ids });
      session.output.print(ids.length === 0 ? 'No fault stands any more.' : `Taken back: ${ids.join(', ')}.`);
    });
}

function addAdd(fault: Command, session: Session): void {
  const kinds = Object.entries(KINDS).map(([kind, what]) => `  ${kind.padEnd(21)}${what}`);
  withUrl(fault.command('add').description('Makes something go wrong with requests that are to come.'))
    .addArgument(new Argument('<kind>', 'what goes wrong').choices(Object.keys(KINDS)))
    .addOption(new Option('--system <system>', 'where').choices(SYSTEMS).makeOptionMandatory())
    .option('--entity <set>', 'only this entity set, or $batch')
    .option('--method <method>', 'only requests with this method')
    .option('--row <text>', 'only requests or operations that hold this text, such as the number of a row')
    .option('--status <status>', 'status of the answer', positiveNumber)
    .option('--text <text>', 'what a refusal says, such as the Infolog of a deadlock')
    .option('--retry-after <seconds>', 'pause that the answer asks for', wholeNumber)
    .option('--delay <ms>', 'milliseconds', wholeNumber)
    .option('--skew <seconds>', 'ahead, or behind where negative', seconds)
    .option('--times <number>', 'how many it hits; without end unless given', positiveNumber)
    .option('--after <number>', 'lets so many pass first', wholeNumber)
    .option('--every <number>', 'hits one in so many', positiveNumber)
    .option('--probability <share>', 'hits by chance, from 0 to 1', probability)
    .option('--seed <number>', 'the same number makes the same chance', wholeNumber)
    .addHelpText('after', `\nKinds:\n${kinds.join('\n')}`)
    .addHelpText(
      'after',
      examples(
        ['isthmus sandbox fault add status --system psa --status 429 --retry-after 5 --times 2', ''],
        ['isthmus sandbox fault add refuse --system finops --row PRJ-01049', 'one row always fails'],
        ['isthmus sandbox fault add drop-after --system finops --entity \\$batch --probability 0.1 --seed 7', ''],
      ),
    )
    .action(async (kind: Fault['kind'], { url, entity, ...given }: AddOptions, command: Command) => {
      const controls = await Controls.find(session, url === undefined ? {} : { url });
      // `isthmus sandbox` has a --seed as well, and is given it first.
      const { seed } = command.optsWithGlobals<Pick<Fault, 'seed'>>();
      const chosen = { ...(entity !== undefined && { set: entity }), ...(seed !== undefined && { seed }) };
      const added: Fault = { kind, ...given, ...chosen };
      list(session.output, (await controls.send('POST', 'faults', [added])) as StandingFault[]);
    });
}

function list(output: Output, faults: readonly StandingFault[]): void {
  output.printJson(faults);
  if (faults.length === 0) return output.print('No fault stands.');
  const columns = [
    { title: 'id', value: ({ id }: StandingFault) => id },
    { title: 'system', value: ({ system }: StandingFault) => system },
    { title: 'kind', value: ({ kind }: StandingFault) => kind },
    { title: 'what', value: particulars },
    { title: 'struck', align: 'right' as const, value: ({ hits }: StandingFault) => hits },
  ];
  output.print(table(columns, faults, output.styles.dim));
  output.print(`\n${counted(faults.length, 'fault')}.`);
}

/** All that is said of a fault beyond its own columns. */
const particulars = ({ id: _id, system: _system, kind: _kind, hits: _hits, ...rest }: StandingFault): string =>
  Object.entries(rest)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
