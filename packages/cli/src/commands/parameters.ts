import type { HealthCheck } from '@isthmus/core';
import {
  applyChanges,
  checkForm,
  planChanges,
  readForm,
  type Form,
  type SettingChange,
} from '@isthmus/project-accounting';
import type { Command } from 'commander';
import { cliErrors } from '../errors.js';
import { EXIT } from '../exit.js';
import { examples } from '../help.js';
import { counted, table, type Output } from '../output/index.js';
import { withLegalEntities, type LegalEntityAt } from '../legal-entities.js';
import type { Session } from '../session.js';

interface Which {
  readonly legalEntity?: readonly string[];
}

/** *Project Service Automation integration parameters* of F&O, per legal entity of the organisation mapping. */
export function addParameters(program: Command, session: Session): void {
  const parameters = program
    .command('parameters')
    .summary('show, check or set the integration parameters in F&O')
    .description(
      'Shows, checks or sets the Project Service Automation integration parameters in F&O, in every legal entity of the organisation mapping.',
    )
    .addHelpText(
      'after',
      examples(
        ['isthmus parameters check', 'everything that the templates need, with its remedy'],
        ['isthmus parameters set timeCategory=Consulting --legal-entity USMF', 'shows what changes, and changes it'],
        ['isthmus parameters set lineProperty.Chargeable=Charge --dry-run', 'only shows what would change'],
        ['isthmus parameters set locking.Project=Yes feeCategory=', 'locks projects, clears the fee category'],
      ),
    );
  parameters
    .command('show')
    .description('Shows every setting of the form.')
    .option('--legal-entity <id...>', 'only these')
    .action(({ legalEntity }: Which) =>
      withLegalEntities(session, legalEntity, async (places) => show(session.output, await formsAt(places))),
    );
  parameters
    .command('check')
    .description('Checks that the form says all that the templates need, and that F&O has what it names.')
    .option('--legal-entity <id...>', 'only these')
    .action(({ legalEntity }: Which) =>
      withLegalEntities(session, legalEntity, async (places) => {
        const checks: HealthCheck[] = [];
        for (const { finops, id } of places) checks.push(...(await checkForm(finops, await readForm(finops, id))));
        report(session.output, checks);
        if (checks.some(({ status }) => status === 'failed')) session.exitCode = EXIT.failed;
      }),
    );
  parameters
    .command('set')
    .description('Sets values after checking all of them, and says what changed. An empty value clears.')
    .argument('<setting=value...>', 'as `show` names them')
    .option('--legal-entity <id...>', 'only these')
    .option('--dry-run', 'only show what would change')
    .action((given: string[], { legalEntity, dryRun = false }: Which & { readonly dryRun?: boolean }) => {
      const wanted = read(given);
      return withLegalEntities(session, legalEntity, (places, note) =>
        set(session.output, { places, wanted, dryRun, note }),
      );
    });
}

const formsAt = (places: readonly LegalEntityAt[]): Promise<Form[]> =>
  Promise.all(places.map(({ finops, id }) => readForm(finops, id)));

function show(output: Output, forms: readonly Form[]): void {
  output.printJson(
    Object.fromEntries(forms.map(({ legalEntity, settings }) => [legalEntity, Object.fromEntries(settings)])),
  );
  const names = [...new Set(forms.flatMap(({ settings }) => [...settings.keys()]))];
  const columns = [
    { title: 'setting', value: (name: string) => name },
    ...forms.map(({ legalEntity, settings }) => ({
      title: legalEntity,
      value: (name: string) => settings.get(name) ?? '–',
    })),
  ];
  output.print(table(columns, names, output.styles.bold));
}

function report(output: Output, checks: readonly HealthCheck[]): void {
  output.printJson(checks);
  const { dim, green, red } = output.styles;
  for (const { name, status, message, remedy } of checks) {
    output.print(`${(status === 'ok' ? green : red)(status.padEnd(7))} ${name}  ${message}`);
    if (remedy) output.print(dim(`        remedy: ${remedy}`));
  }
  const failed = checks.filter(({ status }) => status === 'failed').length;
  output.print(`\n${counted(checks.length, 'check')}, ${failed} failed.`);
}

/** `timeCategory=Consulting`; nothing behind the sign clears. */
function read(given: readonly string[]): Map<string, string | null> {
  return new Map(
    given.map((text) => {
      const sign = text.indexOf('=');
      if (sign < 1) throw cliErrors.CLI_USAGE({ message: `'${text}' is not of the form setting=value.` });
      return [text.slice(0, sign), text.slice(sign + 1) || null];
    }),
  );
}

interface Setting {
  readonly places: readonly LegalEntityAt[];
  readonly wanted: ReadonlyMap<string, string | null>;
  readonly dryRun: boolean;
  readonly note: (changes: readonly SettingChange[]) => Promise<void>;
}

/** Everything is planned and checked in every legal entity before anything is written in one. */
async function set(output: Output, { places, wanted, dryRun, note }: Setting): Promise<void> {
  const forms = await formsAt(places);
  const plans = await Promise.all(
    forms.map(async (form, index) => {
      const { finops } = places[index] as LegalEntityAt;
      return { form, finops, changes: await planChanges(finops, form, wanted) };
    }),
  );
  const changes = plans.flatMap((plan) => plan.changes);
  for (const { legalEntity, setting, from, to } of changes) {
    output.print(`${legalEntity}  ${setting}  ${from ?? '–'} → ${to ?? '–'}`);
  }
  if (!dryRun && changes.length > 0) {
    await note(changes);
    for (const plan of plans) await applyChanges(plan.finops, plan.form, plan.changes);
  }
  output.printJson({ changes, applied: !dryRun });
  output.print(`${counted(changes.length, 'change')}${dryRun ? ' would be made' : ''}.`);
}
